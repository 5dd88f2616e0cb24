"""Documents: document, document_sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table('document',
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('image', sa.Boolean(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('data_class', sa.String(), nullable=False),
    sa.Column('occurred_from', sa.Date(), nullable=True),
    sa.Column('occurred_to', sa.Date(), nullable=True),
    sa.Column('occurred_precision', sa.String(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('author_org_id', sa.Uuid(), nullable=False),
    sa.Column('author_user_id', sa.Uuid(), nullable=False),
    sa.Column('on_behalf_org_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_document_source_known')),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_document_sha256_whole')),
    sa.CheckConstraint('size > 0', name=op.f('ck_document_size_positive')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_document_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_document_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_document_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_document_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('file_id', name=op.f('uq_document_file_id'))
    )
    op.create_index(op.f('ix_document_case_id'), 'document', ['case_id'], unique=False)
    op.create_table('document_sealed',
    sa.Column('title', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['document.id'], name=op.f('fk_document_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_sealed'))
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Drop them."""
    op.drop_table('document_sealed')
    op.drop_index(op.f('ix_document_case_id'), table_name='document')
    op.drop_table('document')
    # ### end Alembic commands ###
