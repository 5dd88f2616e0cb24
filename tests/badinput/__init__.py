"""Bad input: a clear sentence, nothing half-saved, nothing typed lost, no 500.

Where each item of the list is tested:

| bad input | test |
|---|---|
| impossible or contradictory dates | codes/test_dates, web/test_forms, imports/test_rows; badinput/test_forms |
| unknown codes, foreign ids in every field | badinput/test_forms; the pages tests of each package |
| 10 MB of text | badinput/test_forms (forms), imports/test_files (a cell), web/test_hooks (a body) |
| NUL bytes, right-to-left marks | badinput/test_forms, vault/test_text, imports/test_files, imports/test_rows |
| extra form fields | badinput/test_forms, web/test_forms |
| files that lie, zip bombs, a 30,000 × 30,000 image | badinput/test_uploads, imports/test_files |
| broken CSV, wrong encoding, XLSX with formulas | imports/test_files |
| missing or wrong keys | vault/test_keys, cli/test_start, meta/test_startup (commands); badinput/test_trouble (pages) |
| full disk | badinput/test_trouble (database), vault/test_files (files), badinput/test_uploads (a page) |
| busy database | badinput/test_trouble |
| database of a newer version | meta/test_startup, cli/test_start, badinput/test_trouble (commands) |
"""
