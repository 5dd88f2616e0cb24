"""What a return rests on: papers, family tracing, best-interest decisions, what was explained; and journeys with seats."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table('movement',
    sa.Column('travel_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('author_org_id', sa.Uuid(), nullable=False),
    sa.Column('author_user_id', sa.Uuid(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'arrived') = (arrived_at IS NOT NULL)", name=op.f('ck_movement_arrived_has_moment')),
    sa.CheckConstraint("(state IN ('left', 'arrived')) = (left_at IS NOT NULL)", name=op.f('ck_movement_left_has_moment')),
    sa.CheckConstraint("state IN ('planned', 'left', 'arrived', 'cancelled')", name=op.f('ck_movement_state_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_movement_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_movement_author_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement'))
    )
    op.create_index('ix_movement_travel_on_id', 'movement', ['travel_on', 'id'], unique=False)
    op.create_table('movement_escort',
    sa.Column('movement_id', sa.Uuid(), nullable=False),
    sa.Column('org_id', sa.Uuid(), nullable=True),
    sa.Column('sex', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("sex IN ('female', 'male')", name=op.f('ck_movement_escort_sex_known')),
    sa.ForeignKeyConstraint(['movement_id'], ['movement.id'], name=op.f('fk_movement_escort_movement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_movement_escort_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement_escort'))
    )
    op.create_index('ix_movement_escort_movement_id', 'movement_escort', ['movement_id'], unique=False)
    op.create_table('movement_leg',
    sa.Column('movement_id', sa.Uuid(), nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('border_point', sa.String(), nullable=True),
    sa.Column('departs_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('arrives_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("mode IN ('road', 'air', 'boat', 'train', 'foot')", name=op.f('ck_movement_leg_mode_known')),
    sa.CheckConstraint('arrives_at IS NULL OR departs_at IS NULL OR arrives_at >= departs_at', name=op.f('ck_movement_leg_arrives_after')),
    sa.ForeignKeyConstraint(['movement_id'], ['movement.id'], name=op.f('fk_movement_leg_movement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement_leg'))
    )
    op.create_index('ix_movement_leg_movement_id', 'movement_leg', ['movement_id'], unique=False)
    op.create_table('movement_sealed',
    sa.Column('vehicle', sa.LargeBinary(), nullable=True),
    sa.Column('meeting', sa.LargeBinary(), nullable=True),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['movement.id'], name=op.f('fk_movement_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement_sealed'))
    )
    op.create_table('movement_escort_sealed',
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['movement_escort.id'], name=op.f('fk_movement_escort_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement_escort_sealed'))
    )
    op.create_table('movement_leg_sealed',
    sa.Column('from_place', sa.LargeBinary(), nullable=True),
    sa.Column('to_place', sa.LargeBinary(), nullable=True),
    sa.Column('number', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['movement_leg.id'], name=op.f('fk_movement_leg_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement_leg_sealed'))
    )
    op.create_table('movement_seat_need',
    sa.Column('movement_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('need', sa.String(), nullable=False),
    sa.CheckConstraint("need IN ('wheelchair', 'child_seat', 'two_seats', 'near_escort', 'same_sex_neighbour', 'interpreter', 'front')", name=op.f('ck_movement_seat_need_need_known')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_movement_seat_need_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['movement_id'], ['movement.id'], name=op.f('fk_movement_seat_need_movement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('movement_id', 'case_id', 'need', name=op.f('pk_movement_seat_need'))
    )
    op.create_index(op.f('ix_movement_seat_need_case_id'), 'movement_seat_need', ['case_id'], unique=False)
    op.create_table('best_interest',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('result', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
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
    sa.CheckConstraint("result IN ('yes', 'with_conditions', 'no')", name=op.f('ck_best_interest_result_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_best_interest_source_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_best_interest_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_best_interest_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_best_interest_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_best_interest_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_best_interest_path_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_best_interest'))
    )
    op.create_index(op.f('ix_best_interest_case_id'), 'best_interest', ['case_id'], unique=False)
    op.create_index('ix_best_interest_path_id', 'best_interest', ['path_id'], unique=False)
    op.create_table('family_tracing',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('asked_org_id', sa.Uuid(), nullable=True),
    sa.Column('asked_party', sa.String(), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('safe', sa.String(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
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
    sa.CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name=op.f('ck_family_tracing_answer_has_moment')),
    sa.CheckConstraint("(state = 'answered') = (safe IS NOT NULL)", name=op.f('ck_family_tracing_answer_says_safe')),
    sa.CheckConstraint("(state = 'asked') = (ended_on IS NULL)", name=op.f('ck_family_tracing_ended_has_day')),
    sa.CheckConstraint("(state = 'stopped') = (stop_reason IS NOT NULL)", name=op.f('ck_family_tracing_stop_has_reason')),
    sa.CheckConstraint("asked_party IS NULL OR asked_party IN ('person', 'family', 'consulate', 'foreign_ministry', 'interior_ministry', 'social_ministry', 'host_authority', 'home_authority', 'local_authority', 'police', 'ngo', 'carrier')", name=op.f('ck_family_tracing_asked_party_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_family_tracing_source_known')),
    sa.CheckConstraint("state IN ('asked', 'answered', 'stopped')", name=op.f('ck_family_tracing_state_known')),
    sa.CheckConstraint("stop_reason IS NULL OR stop_reason IN ('consent_withdrawn', 'not_wanted', 'no_answer', 'mistake')", name=op.f('ck_family_tracing_stop_reason_known')),
    sa.CheckConstraint('asked_org_id IS NOT NULL OR asked_party IS NOT NULL', name=op.f('ck_family_tracing_somebody_asked')),
    sa.ForeignKeyConstraint(['asked_org_id'], ['organisation.id'], name=op.f('fk_family_tracing_asked_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_family_tracing_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_family_tracing_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_family_tracing_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entry_id'], ['consent_entry.id'], name=op.f('fk_family_tracing_entry_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_family_tracing_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_family_tracing_path_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_family_tracing'))
    )
    op.create_index(op.f('ix_family_tracing_case_id'), 'family_tracing', ['case_id'], unique=False)
    op.create_index('ix_family_tracing_entry_id', 'family_tracing', ['entry_id'], unique=False)
    op.create_index('ix_family_tracing_path_id', 'family_tracing', ['path_id'], unique=False)
    op.create_table('movement_seat',
    sa.Column('movement_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=True),
    sa.Column('to_province', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('coming', 'boarded', 'stayed')", name=op.f('ck_movement_seat_state_known')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_movement_seat_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['movement_id'], ['movement.id'], name=op.f('fk_movement_seat_movement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_movement_seat_path_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('movement_id', 'case_id', name=op.f('pk_movement_seat'))
    )
    op.create_index('ix_movement_seat_case_id', 'movement_seat', ['case_id'], unique=False)
    op.create_index('ix_movement_seat_path_id', 'movement_seat', ['path_id'], unique=False)
    op.create_table('travel_paper',
    sa.Column('path_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('holder', sa.String(), nullable=True),
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
    sa.CheckConstraint("holder IS NULL OR holder IN ('person', 'our_office', 'consulate', 'host_authority', 'escort', 'employer', 'unknown')", name=op.f('ck_travel_paper_holder_known')),
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_travel_paper_source_known')),
    sa.CheckConstraint("state <> 'asked' OR asked_on IS NOT NULL", name=op.f('ck_travel_paper_asked_has_day')),
    sa.CheckConstraint("state IN ('asked', 'issued', 'refused', 'lost')", name=op.f('ck_travel_paper_state_known')),
    sa.CheckConstraint('valid_until IS NULL OR issued_on IS NULL OR valid_until >= issued_on', name=op.f('ck_travel_paper_valid_after_issue')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_travel_paper_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_travel_paper_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_travel_paper_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_travel_paper_document_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_travel_paper_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['path_id'], ['return_path.id'], name=op.f('fk_travel_paper_path_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_travel_paper'))
    )
    op.create_index(op.f('ix_travel_paper_case_id'), 'travel_paper', ['case_id'], unique=False)
    op.create_index('ix_travel_paper_path_id', 'travel_paper', ['path_id'], unique=False)
    op.create_table('best_interest_sealed',
    sa.Column('sat', sa.LargeBinary(), nullable=True),
    sa.Column('views', sa.LargeBinary(), nullable=True),
    sa.Column('choices_looked_at', sa.LargeBinary(), nullable=True),
    sa.Column('reasons', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['best_interest.id'], name=op.f('fk_best_interest_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_best_interest_sealed'))
    )
    op.create_table('family_tracing_sealed',
    sa.Column('told', sa.LargeBinary(), nullable=True),
    sa.Column('cover', sa.LargeBinary(), nullable=True),
    sa.Column('withheld', sa.LargeBinary(), nullable=True),
    sa.Column('found', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['family_tracing.id'], name=op.f('fk_family_tracing_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_family_tracing_sealed'))
    )
    op.create_table('travel_paper_sealed',
    sa.Column('number', sa.LargeBinary(), nullable=True),
    sa.Column('issued_by', sa.LargeBinary(), nullable=True),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['travel_paper.id'], name=op.f('fk_travel_paper_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_travel_paper_sealed'))
    )
    op.add_column('return_decision_sealed', sa.Column('explained', sa.LargeBinary(), nullable=True))
    op.add_column('return_decision_sealed', sa.Column('explained_by', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column('return_decision_sealed', 'explained_by')
    op.drop_column('return_decision_sealed', 'explained')
    op.drop_table('travel_paper_sealed')
    op.drop_table('family_tracing_sealed')
    op.drop_table('best_interest_sealed')
    op.drop_index('ix_travel_paper_path_id', table_name='travel_paper')
    op.drop_index(op.f('ix_travel_paper_case_id'), table_name='travel_paper')
    op.drop_table('travel_paper')
    op.drop_index('ix_movement_seat_path_id', table_name='movement_seat')
    op.drop_index('ix_movement_seat_case_id', table_name='movement_seat')
    op.drop_table('movement_seat')
    op.drop_index('ix_family_tracing_path_id', table_name='family_tracing')
    op.drop_index('ix_family_tracing_entry_id', table_name='family_tracing')
    op.drop_index(op.f('ix_family_tracing_case_id'), table_name='family_tracing')
    op.drop_table('family_tracing')
    op.drop_index('ix_best_interest_path_id', table_name='best_interest')
    op.drop_index(op.f('ix_best_interest_case_id'), table_name='best_interest')
    op.drop_table('best_interest')
    op.drop_index(op.f('ix_movement_seat_need_case_id'), table_name='movement_seat_need')
    op.drop_table('movement_seat_need')
    op.drop_table('movement_leg_sealed')
    op.drop_table('movement_escort_sealed')
    op.drop_table('movement_sealed')
    op.drop_index('ix_movement_leg_movement_id', table_name='movement_leg')
    op.drop_table('movement_leg')
    op.drop_index('ix_movement_escort_movement_id', table_name='movement_escort')
    op.drop_table('movement_escort')
    op.drop_index('ix_movement_travel_on_id', table_name='movement')
    op.drop_table('movement')
