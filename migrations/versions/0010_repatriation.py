"""Repatriation: return_path, return_step, return_step_sealed, return_step_pause, return_step_change, return_check, return_check_sealed, return_decision, return_decision_sealed, handover, handover_sealed, handover_paper, handover_signature, handover_signature_sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table('return_path',
    sa.Column('direction', sa.String(), nullable=False),
    sa.Column('from_country', sa.String(), nullable=False),
    sa.Column('to_country', sa.String(), nullable=False),
    sa.Column('arranged', sa.Boolean(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('travel_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('stop_reason', sa.String(), nullable=True),
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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name=op.f('ck_return_path_ended_has_day')),
    sa.CheckConstraint("(state = 'stopped') = (stop_reason IS NOT NULL)", name=op.f('ck_return_path_stop_has_reason')),
    sa.CheckConstraint("direction IN ('INBOUND', 'OUTBOUND', 'DOMESTIC')", name=op.f('ck_return_path_direction_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_return_path_source_known')),
    sa.CheckConstraint("state IN ('open', 'done', 'stopped')", name=op.f('ck_return_path_state_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_return_path_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_return_path_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_return_path_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_return_path_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_path'))
    )
    op.create_index(op.f('ix_return_path_case_id'), 'return_path', ['case_id'], unique=False)
    op.create_index('ix_return_path_case_id_state', 'return_path', ['case_id', 'state'], unique=False)
    op.create_table('return_check',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('result', sa.String(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('receiver_org_id', sa.Uuid(), nullable=True),
    sa.Column('referral_id', sa.Uuid(), nullable=True),
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
    sa.CheckConstraint("(kind = 'receiver') = (receiver_org_id IS NOT NULL OR referral_id IS NOT NULL)", name=op.f('ck_return_check_receiver_named')),
    sa.CheckConstraint("kind IN ('safety', 'fit', 'best_interest', 'receiver')", name=op.f('ck_return_check_kind_known')),
    sa.CheckConstraint("result IN ('yes', 'with_conditions', 'no')", name=op.f('ck_return_check_result_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_return_check_source_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_return_check_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_return_check_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_return_check_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_return_check_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_return_check_path_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['receiver_org_id'], ['organisation.id'], name=op.f('fk_return_check_receiver_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_return_check_referral_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_check'))
    )
    op.create_index(op.f('ix_return_check_case_id'), 'return_check', ['case_id'], unique=False)
    op.create_index('ix_return_check_path_id_kind', 'return_check', ['path_id', 'kind', 'recorded_at'], unique=False)
    op.create_table('return_step',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('station', sa.String(), nullable=False),
    sa.Column('owner_org_id', sa.Uuid(), nullable=True),
    sa.Column('owner_party', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('allowed_days', sa.Integer(), nullable=True),
    sa.Column('working_days', sa.Boolean(), nullable=False),
    sa.Column('calendar', sa.String(), nullable=False),
    sa.Column('from_travel', sa.Boolean(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('waiting_org_id', sa.Uuid(), nullable=True),
    sa.Column('waiting_party', sa.String(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('skip_reason', sa.String(), nullable=True),
    sa.Column('document_id', sa.Uuid(), nullable=True),
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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'skipped') = (skip_reason IS NOT NULL)", name=op.f('ck_return_step_skip_has_reason')),
    sa.CheckConstraint("owner_party IS NULL OR owner_party IN ('person', 'family', 'consulate', 'foreign_ministry', 'interior_ministry', 'social_ministry', 'host_authority', 'home_authority', 'local_authority', 'police', 'ngo', 'carrier')", name=op.f('ck_return_step_owner_party_known')),
    sa.CheckConstraint("skip_reason IS NULL OR skip_reason IN ('not_needed', 'before_us', 'declined', 'not_possible', 'safety', 'elsewhere')", name=op.f('ck_return_step_skip_reason_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_return_step_source_known')),
    sa.CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name=op.f('ck_return_step_done_has_day')),
    sa.CheckConstraint("state IN ('planned', 'open', 'waiting', 'done', 'skipped', 'stopped')", name=op.f('ck_return_step_state_known')),
    sa.CheckConstraint("state NOT IN ('open', 'waiting') OR started_on IS NOT NULL", name=op.f('ck_return_step_open_has_day')),
    sa.CheckConstraint("station IN ('identification', 'return', 'arrival', 'reintegration', 'closure')", name=op.f('ck_return_step_station_known')),
    sa.CheckConstraint("waiting_party IS NULL OR waiting_party IN ('person', 'family', 'consulate', 'foreign_ministry', 'interior_ministry', 'social_ministry', 'host_authority', 'home_authority', 'local_authority', 'police', 'ngo', 'carrier')", name=op.f('ck_return_step_waiting_party_known')),
    sa.CheckConstraint('round > 0 AND sequence > 0', name=op.f('ck_return_step_place_positive')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_return_step_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_return_step_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_return_step_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_return_step_document_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_return_step_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['owner_org_id'], ['organisation.id'], name=op.f('fk_return_step_owner_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_return_step_path_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['waiting_org_id'], ['organisation.id'], name=op.f('fk_return_step_waiting_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_step'))
    )
    op.create_index(op.f('ix_return_step_case_id'), 'return_step', ['case_id'], unique=False)
    op.create_index('ix_return_step_state_due_on', 'return_step', ['state', 'due_on'], unique=False)
    op.create_index('uq_return_step_path_id_code_round', 'return_step', ['path_id', 'code', 'round'], unique=True)
    op.create_table('handover',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('border_point', sa.String(), nullable=True),
    sa.Column('giver_org_id', sa.Uuid(), nullable=False),
    sa.Column('receiver_org_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_handover_source_known')),
    sa.CheckConstraint("state IN ('open', 'signed', 'void')", name=op.f('ck_handover_state_known')),
    sa.CheckConstraint('giver_org_id <> receiver_org_id', name=op.f('ck_handover_two_sides')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_handover_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_handover_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_handover_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['giver_org_id'], ['organisation.id'], name=op.f('fk_handover_giver_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_handover_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_handover_path_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['receiver_org_id'], ['organisation.id'], name=op.f('fk_handover_receiver_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['step_id'], ['return_step.id'], name=op.f('fk_handover_step_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover'))
    )
    op.create_index(op.f('ix_handover_case_id'), 'handover', ['case_id'], unique=False)
    op.create_index(op.f('ix_handover_path_id'), 'handover', ['path_id'], unique=False)
    op.create_index('ix_handover_step_id', 'handover', ['step_id'], unique=False)
    op.create_table('return_check_sealed',
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['return_check.id'], name=op.f('fk_return_check_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_check_sealed'))
    )
    op.create_table('return_decision',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('informed', sa.String(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('against_check_id', sa.Uuid(), nullable=True),
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
    sa.CheckConstraint("answer = 'withdrawn' OR informed IS NOT NULL", name=op.f('ck_return_decision_decided_informed')),
    sa.CheckConstraint("answer IN ('yes', 'no', 'withdrawn')", name=op.f('ck_return_decision_answer_known')),
    sa.CheckConstraint("informed IS NULL OR informed IN ('in_person', 'interpreter', 'by_phone', 'with_guardian')", name=op.f('ck_return_decision_informed_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_return_decision_source_known')),
    sa.ForeignKeyConstraint(['against_check_id'], ['return_check.id'], name=op.f('fk_return_decision_against_check_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_return_decision_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_return_decision_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_return_decision_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_return_decision_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_return_decision_path_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_decision'))
    )
    op.create_index(op.f('ix_return_decision_case_id'), 'return_decision', ['case_id'], unique=False)
    op.create_index('ix_return_decision_path_id_recorded_at', 'return_decision', ['path_id', 'recorded_at'], unique=False)
    op.create_table('return_step_change',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('before', sa.String(), nullable=False),
    sa.Column('after', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=False),
    sa.Column('by_org_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_org_id'], ['organisation.id'], name=op.f('fk_return_step_change_by_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['by_user_id'], ['user.id'], name=op.f('fk_return_step_change_by_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['step_id'], ['return_step.id'], name=op.f('fk_return_step_change_step_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_step_change'))
    )
    op.create_index('ix_return_step_change_step_id_at', 'return_step_change', ['step_id', 'at'], unique=False)
    op.create_table('return_step_pause',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('until_on IS NULL OR until_on >= from_on', name=op.f('ck_return_step_pause_interval_not_negative')),
    sa.ForeignKeyConstraint(['step_id'], ['return_step.id'], name=op.f('fk_return_step_pause_step_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_step_pause'))
    )
    op.create_index('ix_return_step_pause_step_id', 'return_step_pause', ['step_id'], unique=False)
    op.create_table('return_step_sealed',
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['return_step.id'], name=op.f('fk_return_step_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_step_sealed'))
    )
    op.create_table('handover_paper',
    sa.Column('handover_id', sa.Uuid(), nullable=False),
    sa.Column('list', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_paper_handover_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('handover_id', 'list', 'code', name=op.f('pk_handover_paper'))
    )
    op.create_table('handover_sealed',
    sa.Column('place', sa.LargeBinary(), nullable=True),
    sa.Column('officers', sa.LargeBinary(), nullable=True),
    sa.Column('belongings', sa.LargeBinary(), nullable=True),
    sa.Column('medicine', sa.LargeBinary(), nullable=True),
    sa.Column('condition', sa.LargeBinary(), nullable=True),
    sa.Column('not_disclosed', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['handover.id'], name=op.f('fk_handover_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_sealed'))
    )
    op.create_table('handover_signature',
    sa.Column('handover_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.String(), nullable=False),
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=False),
    sa.Column('by_org_id', sa.Uuid(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("side IN ('giver', 'receiver')", name=op.f('ck_handover_signature_side_known')),
    sa.ForeignKeyConstraint(['by_org_id'], ['organisation.id'], name=op.f('fk_handover_signature_by_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['by_user_id'], ['user.id'], name=op.f('fk_handover_signature_by_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_signature_handover_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_handover_signature_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_signature'))
    )
    op.create_index('uq_handover_signature_handover_id_side', 'handover_signature', ['handover_id', 'side'], unique=True)
    op.create_table('return_decision_sealed',
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['return_decision.id'], name=op.f('fk_return_decision_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_decision_sealed'))
    )
    op.create_table('handover_signature_sealed',
    sa.Column('paper', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['handover_signature.id'], name=op.f('fk_handover_signature_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_signature_sealed'))
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Drop them."""
    op.drop_table('handover_signature_sealed')
    op.drop_table('return_decision_sealed')
    op.drop_index('uq_handover_signature_handover_id_side', table_name='handover_signature')
    op.drop_table('handover_signature')
    op.drop_table('handover_sealed')
    op.drop_table('handover_paper')
    op.drop_table('return_step_sealed')
    op.drop_index('ix_return_step_pause_step_id', table_name='return_step_pause')
    op.drop_table('return_step_pause')
    op.drop_index('ix_return_step_change_step_id_at', table_name='return_step_change')
    op.drop_table('return_step_change')
    op.drop_index('ix_return_decision_path_id_recorded_at', table_name='return_decision')
    op.drop_index(op.f('ix_return_decision_case_id'), table_name='return_decision')
    op.drop_table('return_decision')
    op.drop_table('return_check_sealed')
    op.drop_index('ix_handover_step_id', table_name='handover')
    op.drop_index(op.f('ix_handover_path_id'), table_name='handover')
    op.drop_index(op.f('ix_handover_case_id'), table_name='handover')
    op.drop_table('handover')
    op.drop_index('uq_return_step_path_id_code_round', table_name='return_step')
    op.drop_index('ix_return_step_state_due_on', table_name='return_step')
    op.drop_index(op.f('ix_return_step_case_id'), table_name='return_step')
    op.drop_table('return_step')
    op.drop_index('ix_return_check_path_id_kind', table_name='return_check')
    op.drop_index(op.f('ix_return_check_case_id'), table_name='return_check')
    op.drop_table('return_check')
    op.drop_index('ix_return_path_case_id_state', table_name='return_path')
    op.drop_index(op.f('ix_return_path_case_id'), table_name='return_path')
    op.drop_table('return_path')
    # ### end Alembic commands ###
