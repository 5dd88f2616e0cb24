"""Feedback to the sending country."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table('return_feedback',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('entry_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
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
    sa.CheckConstraint("(state = 'sent') = (entry_id IS NOT NULL)", name=op.f('ck_return_feedback_sent_by_agreement')),
    sa.CheckConstraint("occasion IN ('ninety_days', 'asked', 'closure')", name=op.f('ck_return_feedback_occasion_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_return_feedback_source_known')),
    sa.CheckConstraint("state IN ('sent', 'refused')", name=op.f('ck_return_feedback_state_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_return_feedback_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_return_feedback_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_return_feedback_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entry_id'], ['consent_entry.id'], name=op.f('fk_return_feedback_entry_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_return_feedback_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_return_feedback_path_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_feedback'))
    )
    op.create_index(op.f('ix_return_feedback_case_id'), 'return_feedback', ['case_id'], unique=False)
    op.create_index('ix_return_feedback_entry_id', 'return_feedback', ['entry_id'], unique=False)
    op.create_index('ix_return_feedback_path_id', 'return_feedback', ['path_id'], unique=False)
    op.create_table('return_feedback_sealed',
    sa.Column('to_name', sa.LargeBinary(), nullable=True),
    sa.Column('told', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['return_feedback.id'], name=op.f('fk_return_feedback_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_feedback_sealed'))
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table('return_feedback_sealed')
    op.drop_index('ix_return_feedback_path_id', table_name='return_feedback')
    op.drop_index('ix_return_feedback_entry_id', table_name='return_feedback')
    op.drop_index(op.f('ix_return_feedback_case_id'), table_name='return_feedback')
    op.drop_table('return_feedback')
