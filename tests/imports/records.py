"""The 2,000 sample records, or invented ones where they are not at hand; and their count without the program."""

from __future__ import annotations

import csv
import os
import random
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SAMPLE = "ctdc_victim_perpetrator_sample.csv"
HEADING = (
    "yearRegister", "gender", "majorityStatus", "isForcedLabour", "isSexualExploit", "UN_COO_Region", "UN_COE_Region",
    "IP_Exploiter", "IP_Gender", "IP_ageBroad", "IP_citizen_UNRegion", "IP_Relation", "IP_PayMoney",
    "IP_RecruiterBroker", "IP_TransactionProcess", "IP_ControlAbuseKidnap",
)  # fmt: skip
SEX = {"Female": "female", "Male": "male", "Trans/Transgender/NonConforming": "other", "": "unknown"}
AGE = {"Adult": "adult", "Minor": "child", "": "unknown"}


def sample(folder: Path) -> Path:
    """The published records beside the project (CASEWORK_SHARED names another place), else a look-alike in `folder`."""
    shared = Path(os.environ.get("CASEWORK_SHARED") or ROOT.parent / "shared")
    found = shared / "data" / SAMPLE
    return found if found.exists() else look_alike(folder / SAMPLE)


def look_alike(path: Path, number: int = 2000, seed: int = 5) -> Path:
    """Invented records of the same shape: years and periods, empty cells, doubled rows, several values in a cell."""
    dice = random.Random(seed)
    regions = ("Asia", "Europe", "Africa", "America", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADING)
        for _ in range(number):
            row = [
                dice.choice(("2014-2018", "2021-2022", "2019", "2020", "")),
                dice.choice(list(SEX)),
                dice.choice(list(AGE)),
                dice.choice(("1", "0", "")),
                dice.choice(("1", "0", "")),
                dice.choice(regions),
                dice.choice(regions),
            ]
            writer.writerow([*row, "1", "Female;Male", "", "Asia", "StrangerUnknownOther", "No;Yes", "1", "1", ""])
    return path


def independent_count(path: Path) -> dict[str, Counter[str]]:
    """What statistics must say, counted with nothing but a reader of CSV."""
    tables: dict[str, Counter[str]] = {
        name: Counter()
        for name in ("by_period", "by_sex", "by_age_group", "by_form", "by_origin_region", "by_exploitation_region")
    }
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            tables["by_period"][row["yearRegister"] or "unknown"] += 1
            tables["by_sex"][SEX[row["gender"]]] += 1
            tables["by_age_group"][AGE[row["majorityStatus"]]] += 1
            tables["by_origin_region"][row["UN_COO_Region"] or "unknown"] += 1
            tables["by_exploitation_region"][row["UN_COE_Region"] or "unknown"] += 1
            columns = (("isForcedLabour", "labour"), ("isSexualExploit", "sexual"))
            forms = [form for column, form in columns if row[column] == "1"]
            for form in forms or ["unknown"]:
                tables["by_form"][form] += 1
    return tables
