"""Houses, rooms and beds of an office; stays lie in a bed and keep what was agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

LYING = "left_on IS NULL AND bed_number IS NOT NULL"


def upgrade() -> None:
    """Tables, and the columns of a stay; earlier stays are in no bed of the office."""
    op.create_table(
        "house",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=op.f("fk_house_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )
    op.create_index(op.f("ix_house_org_id"), "house", ["org_id"])
    op.create_table(
        "house_sealed",
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("directions", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["house.id"], name=op.f("fk_house_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_sealed")),
    )
    op.create_table(
        "room",
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("for_sex", sa.String(), nullable=False),
        sa.Column("for_age", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("for_sex IN ('any', 'female', 'male')", name=op.f("ck_room_for_sex_known")),
        sa.CheckConstraint("for_age IN ('any', 'adults', 'children')", name=op.f("ck_room_for_age_known")),
        sa.CheckConstraint("beds BETWEEN 1 AND 60", name=op.f("ck_room_beds_possible")),
        sa.CheckConstraint("length(label) BETWEEN 1 AND 12", name=op.f("ck_room_label_short")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_room_house_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
    op.create_index("uq_room_house_id_label", "room", ["house_id", "label"], unique=True)
    with op.batch_alter_table("stay") as batch:
        batch.add_column(sa.Column("room_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("bed_number", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_stay_room_id"), "room", ["room_id"], ["id"], ondelete="RESTRICT")
        batch.create_check_constraint(
            op.f("ck_stay_bed_in_room"), "bed_number IS NULL OR (room_id IS NOT NULL AND bed_number > 0)"
        )
    op.create_index(
        "uq_stay_bed",
        "stay",
        ["room_id", "bed_number"],
        unique=True,
        sqlite_where=sa.text(LYING),
        postgresql_where=sa.text(LYING),
    )
    op.create_index("ix_stay_room_id", "stay", ["room_id"])
    with op.batch_alter_table("stay_sealed") as batch:
        batch.add_column(sa.Column("movement", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("visitors", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("stay_sealed") as batch:
        batch.drop_column("visitors")
        batch.drop_column("movement")
    op.drop_index("ix_stay_room_id", table_name="stay")
    op.drop_index("uq_stay_bed", table_name="stay")
    with op.batch_alter_table("stay") as batch:
        batch.drop_constraint(op.f("ck_stay_bed_in_room"), type_="check")
        batch.drop_constraint(op.f("fk_stay_room_id"), type_="foreignkey")
        batch.drop_column("bed_number")
        batch.drop_column("room_id")
    op.drop_table("room")
    op.drop_table("house_sealed")
    op.drop_table("house")
