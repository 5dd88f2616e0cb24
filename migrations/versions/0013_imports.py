"""Imports: import_run."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table('import_run',
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('file_digest', sa.String(), nullable=False),
    sa.Column('mapping', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('rows_read', sa.Integer(), nullable=False),
    sa.Column('rows_made', sa.Integer(), nullable=False),
    sa.Column('rows_known', sa.Integer(), nullable=False),
    sa.Column('rows_faulty', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name=op.f('ck_import_run_published_has_time')),
    sa.CheckConstraint("state IN ('staging', 'published', 'stopped')", name=op.f('ck_import_run_state_known')),
    sa.CheckConstraint('length(file_digest) = 64', name=op.f('ck_import_run_digest_whole')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_import_run_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_import_run_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run'))
    )
    op.create_index('ix_import_run_org_id_started_at', 'import_run', ['org_id', 'started_at'], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    """Drop them."""
    op.drop_index('ix_import_run_org_id_started_at', table_name='import_run')
    op.drop_table('import_run')
    # ### end Alembic commands ###
