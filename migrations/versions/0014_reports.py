"""Reports: export_record, export_record_sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table('export_record',
    sa.Column('author_org_id', sa.Uuid(), nullable=False),
    sa.Column('author_user_id', sa.Uuid(), nullable=False),
    sa.Column('report', sa.String(), nullable=False),
    sa.Column('file_format', sa.String(), nullable=False),
    sa.Column('filters', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("file_format IN ('csv', 'xlsx', 'json')", name=op.f('ck_export_record_file_format_known')),
    sa.CheckConstraint("report IN ('referrals')", name=op.f('ck_export_record_report_known')),
    sa.CheckConstraint('expires_at > asked_at', name=op.f('ck_export_record_expires_later')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_export_record_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_export_record_author_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export_record'))
    )
    op.create_index('ix_export_record_author_org_id_asked_at', 'export_record', ['author_org_id', 'asked_at'], unique=False)
    op.create_index(op.f('ix_export_record_author_user_id'), 'export_record', ['author_user_id'], unique=False)
    op.create_table('export_record_sealed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('recipient', sa.LargeBinary(), nullable=True),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['export_record.id'], name=op.f('fk_export_record_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export_record_sealed'))
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Drop them."""
    op.drop_table('export_record_sealed')
    op.drop_index(op.f('ix_export_record_author_user_id'), table_name='export_record')
    op.drop_index('ix_export_record_author_org_id_asked_at', table_name='export_record')
    op.drop_table('export_record')
    # ### end Alembic commands ###
