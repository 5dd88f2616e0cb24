"""Cases: their tables, and the operations and drafts that every write goes through."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table('case_group',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('author_org_id', sa.Uuid(), nullable=False),
    sa.Column('author_user_id', sa.Uuid(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('family', 'crew', 'bus', 'compound', 'other')", name=op.f('ck_case_group_kind_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_case_group_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_case_group_author_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_group'))
    )
    op.create_table('operation',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('route', sa.String(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('location', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('seen', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('seen >= 1', name=op.f('ck_operation_seen_positive')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_operation_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_operation'))
    )
    op.create_index(op.f('ix_operation_created_at'), 'operation', ['created_at'], unique=False)
    op.create_table('case_group_sealed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('facts', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['case_group.id'], name=op.f('fk_case_group_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_group_sealed'))
    )
    op.create_table('case',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('earlier_case_id', sa.Uuid(), nullable=True),
    sa.Column('owner_org_id', sa.Uuid(), nullable=False),
    sa.Column('opened_by_org_id', sa.Uuid(), nullable=False),
    sa.Column('opened_by_user_id', sa.Uuid(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_precision', sa.String(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('stage', sa.String(), nullable=False),
    sa.Column('manner_of_return', sa.String(), nullable=True),
    sa.Column('entry_point', sa.String(), nullable=True),
    sa.Column('identified_as', sa.String(), nullable=False),
    sa.Column('identified_org_id', sa.Uuid(), nullable=True),
    sa.Column('risk_level', sa.String(), nullable=True),
    sa.Column('risk_org_id', sa.Uuid(), nullable=True),
    sa.Column('historical', sa.Boolean(), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('import_id', sa.Uuid(), nullable=True),
    sa.Column('import_org_id', sa.Uuid(), nullable=True),
    sa.Column('import_key', sa.String(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(closed_on IS NULL) = (status = 'open')", name=op.f('ck_case_closed_has_date')),
    sa.CheckConstraint("identified_as IN ('unknown', 'presumed', 'formal', 'no_indication')", name=op.f('ck_case_identified_as_known')),
    sa.CheckConstraint("stage IN ('identification', 'return', 'arrival', 'reintegration', 'closure')", name=op.f('ck_case_stage_known')),
    sa.CheckConstraint("status IN ('open', 'closed')", name=op.f('ck_case_status_known')),
    sa.ForeignKeyConstraint(['earlier_case_id'], ['case.id'], name=op.f('fk_case_earlier_case_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['identified_org_id'], ['organisation.id'], name=op.f('fk_case_identified_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['opened_by_org_id'], ['organisation.id'], name=op.f('fk_case_opened_by_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['opened_by_user_id'], ['user.id'], name=op.f('fk_case_opened_by_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['owner_org_id'], ['organisation.id'], name=op.f('fk_case_owner_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_case_person_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['risk_org_id'], ['organisation.id'], name=op.f('fk_case_risk_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('code', name=op.f('uq_case_code'))
    )
    op.create_index(op.f('ix_case_import_id'), 'case', ['import_id'], unique=False)
    op.create_index('ix_case_owner_org_id_status', 'case', ['owner_org_id', 'status', 'opened_on'], unique=False)
    op.create_index(op.f('ix_case_person_id'), 'case', ['person_id'], unique=False)
    op.create_index('uq_case_import_key', 'case', ['import_org_id', 'import_key'], unique=True)
    op.create_table('approval',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('data_class', sa.String(), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('deputy_for', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision', sa.String(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("decision IS NULL OR decision IN ('approved', 'returned')", name=op.f('ck_approval_decision_known')),
    sa.CheckConstraint('(decided_by IS NULL) = (decision IS NULL)', name=op.f('ck_approval_decision_has_person')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> asked_by', name=op.f('ck_approval_not_own_work')),
    sa.ForeignKeyConstraint(['asked_by'], ['user.id'], name=op.f('fk_approval_asked_by'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_approval_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by'], ['user.id'], name=op.f('fk_approval_decided_by'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['deputy_for'], ['user.id'], name=op.f('fk_approval_deputy_for'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_approval_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval'))
    )
    op.create_index('ix_approval_case_id', 'approval', ['case_id'], unique=False)
    op.create_index('ix_approval_org_id_decision', 'approval', ['org_id', 'decision', 'asked_at'], unique=False)
    op.create_index('ix_approval_record_id', 'approval', ['record_id'], unique=False)
    op.create_table('assignment',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("part IN ('carries', 'helps')", name=op.f('ck_assignment_part_known')),
    sa.ForeignKeyConstraint(['by_user_id'], ['user.id'], name=op.f('fk_assignment_by_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_assignment_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_assignment_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_assignment_team_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_assignment_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    op.create_index('ix_assignment_case_id_org_id', 'assignment', ['case_id', 'org_id'], unique=False)
    op.create_index('ix_assignment_team_id_ended_at', 'assignment', ['team_id', 'ended_at', 'case_id'], unique=False)
    op.create_index('ix_assignment_user_id_ended_at', 'assignment', ['user_id', 'ended_at', 'case_id'], unique=False)
    op.create_table('case_access',
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('owner', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('stage', sa.String(), nullable=False),
    sa.Column('station_mask', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_visible_activity', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_at > starts_at', name=op.f('ck_case_access_interval_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_access_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_case_access_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('org_id', 'case_id', name=op.f('pk_case_access')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_case_access_case_id', 'case_access', ['case_id'], unique=False)
    op.create_index('ix_case_access_due', 'case_access', ['org_id', 'status', 'next_due_at'], unique=False)
    op.create_index('ix_case_access_expires_at', 'case_access', ['expires_at'], unique=False)
    op.create_index('ix_case_access_list', 'case_access', ['org_id', 'status', 'last_visible_activity', 'case_id'], unique=False)
    op.create_table('case_access_class',
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('data_class', sa.String(), nullable=False),
    sa.Column('via_id', sa.Uuid(), nullable=False),
    sa.Column('via', sa.String(), nullable=False),
    sa.Column('reach', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("reach IN ('all', 'own')", name=op.f('ck_case_access_class_reach_known')),
    sa.CheckConstraint('expires_at > starts_at', name=op.f('ck_case_access_class_interval_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_access_class_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_case_access_class_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('org_id', 'case_id', 'data_class', 'via_id', name=op.f('pk_case_access_class')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_case_access_class_case_id', 'case_access_class', ['case_id'], unique=False)
    op.create_index('ix_case_access_class_expires_at', 'case_access_class', ['expires_at'], unique=False)
    op.create_table('case_change',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('before', sa.String(), nullable=True),
    sa.Column('after', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=False),
    sa.Column('by_org_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_org_id'], ['organisation.id'], name=op.f('fk_case_change_by_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['by_user_id'], ['user.id'], name=op.f('fk_case_change_by_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_change_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_change'))
    )
    op.create_index('ix_case_change_case_id_at', 'case_change', ['case_id', 'at'], unique=False)
    op.create_table('case_exclusion',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['user.id'], name=op.f('fk_case_exclusion_by_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_exclusion_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_case_exclusion_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_exclusion'))
    )
    op.create_index('ix_case_exclusion_user_id_case_id', 'case_exclusion', ['user_id', 'case_id'], unique=False)
    op.create_table('case_group_member',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(), nullable=True),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_group_member_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['case_group.id'], name=op.f('fk_case_group_member_group_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'case_id', name=op.f('pk_case_group_member'))
    )
    op.create_index(op.f('ix_case_group_member_case_id'), 'case_group_member', ['case_id'], unique=False)
    op.create_table('case_station',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('station', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('not_needed', 'open', 'done')", name=op.f('ck_case_station_state_known')),
    sa.CheckConstraint("station IN ('identification', 'return', 'arrival', 'reintegration', 'closure')", name=op.f('ck_case_station_station_known')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_station_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', 'station', name=op.f('pk_case_station'))
    )
    op.create_table('case_statistic',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('opened_from', sa.Date(), nullable=True),
    sa.Column('opened_to', sa.Date(), nullable=True),
    sa.Column('sex', sa.String(), nullable=False),
    sa.Column('age_group', sa.String(), nullable=False),
    sa.Column('origin_country', sa.String(), nullable=True),
    sa.Column('origin_region', sa.String(), nullable=False),
    sa.Column('exploitation_region', sa.String(), nullable=False),
    sa.CheckConstraint("age_group IN ('adult', 'child', 'unknown')", name=op.f('ck_case_statistic_age_group_known')),
    sa.CheckConstraint('opened_to >= opened_from', name=op.f('ck_case_statistic_interval_ordered')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_statistic_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_statistic'))
    )
    op.create_index('ix_case_statistic_opened_from', 'case_statistic', ['opened_from'], unique=False)
    op.create_table('draft',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('endpoint', sa.String(), nullable=False),
    sa.Column('location', sa.String(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_draft_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_draft_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_draft_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft'))
    )
    op.create_index(op.f('ix_draft_case_id'), 'draft', ['case_id'], unique=False)
    op.create_index(op.f('ix_draft_expires_at'), 'draft', ['expires_at'], unique=False)
    op.create_index('ix_draft_user_id_updated_at', 'draft', ['user_id', 'updated_at'], unique=False)
    op.create_table('note',
    sa.Column('corrects_id', sa.Uuid(), nullable=True),
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
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_note_source_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_note_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_note_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_note_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['corrects_id'], ['note.id'], name=op.f('fk_note_corrects_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_note_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note'))
    )
    op.create_index(op.f('ix_note_case_id'), 'note', ['case_id'], unique=False)
    op.create_index('ix_note_case_id_recorded_at', 'note', ['case_id', 'recorded_at'], unique=False)
    op.create_table('notice',
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('case_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('record_kind', sa.String(), nullable=True),
    sa.Column('record_id', sa.Uuid(), nullable=True),
    sa.Column('for_supervisor', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_by', sa.Uuid(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['acknowledged_by'], ['user.id'], name=op.f('fk_notice_acknowledged_by'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_notice_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_notice_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notice_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice'))
    )
    op.create_index('ix_notice_case_id', 'notice', ['case_id'], unique=False)
    op.create_index('ix_notice_org_id_created_at', 'notice', ['org_id', 'created_at'], unique=False)
    op.create_table('task',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('org_id', sa.Uuid(), nullable=False),
    sa.Column('assignee_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('station', sa.String(), nullable=True),
    sa.Column('data_class', sa.String(), nullable=False),
    sa.Column('record_kind', sa.String(), nullable=True),
    sa.Column('record_id', sa.Uuid(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('waiting_for_org_id', sa.Uuid(), nullable=True),
    sa.Column('waiting_for', sa.String(), nullable=True),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('escalated', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f('ck_task_ended_has_time')),
    sa.CheckConstraint("state IN ('open', 'done', 'cancelled')", name=op.f('ck_task_state_known')),
    sa.CheckConstraint("station IS NULL OR station IN ('identification', 'return', 'arrival', 'reintegration', 'closure')", name=op.f('ck_task_station_known')),
    sa.ForeignKeyConstraint(['assignee_id'], ['user.id'], name=op.f('fk_task_assignee_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_task_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['user.id'], name=op.f('fk_task_created_by'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['ended_by'], ['user.id'], name=op.f('fk_task_ended_by'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_task_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['waiting_for_org_id'], ['organisation.id'], name=op.f('fk_task_waiting_for_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task'))
    )
    op.create_index('ix_task_assignee_id_state_due_at', 'task', ['assignee_id', 'state', 'due_at'], unique=False)
    op.create_index('ix_task_case_id_state', 'task', ['case_id', 'state'], unique=False)
    op.create_index('ix_task_org_id_state_due_at', 'task', ['org_id', 'state', 'due_at'], unique=False)
    op.create_index('ix_task_record_id', 'task', ['record_id'], unique=False)
    op.create_table('timeline_entry',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=True),
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
    sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f('ck_timeline_entry_source_known')),
    sa.ForeignKeyConstraint(['author_org_id'], ['organisation.id'], name=op.f('fk_timeline_entry_author_org_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['author_user_id'], ['user.id'], name=op.f('fk_timeline_entry_author_user_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_timeline_entry_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['on_behalf_org_id'], ['organisation.id'], name=op.f('fk_timeline_entry_on_behalf_org_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timeline_entry'))
    )
    op.create_index(op.f('ix_timeline_entry_case_id'), 'timeline_entry', ['case_id'], unique=False)
    op.create_index('ix_timeline_entry_case_id_recorded_at', 'timeline_entry', ['case_id', 'recorded_at', 'id'], unique=False)
    op.create_table('approval_sealed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['approval.id'], name=op.f('fk_approval_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_sealed'))
    )
    op.create_table('case_statistic_form',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.CheckConstraint("form IN ('labour', 'sexual', 'other')", name=op.f('ck_case_statistic_form_form_known')),
    sa.ForeignKeyConstraint(['case_id'], ['case_statistic.case_id'], name=op.f('fk_case_statistic_form_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', 'form', name=op.f('pk_case_statistic_form'))
    )
    op.create_table('draft_sealed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['draft.id'], name=op.f('fk_draft_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_sealed'))
    )
    op.create_table('note_sealed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['note.id'], name=op.f('fk_note_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note_sealed'))
    )
    op.create_table('task_sealed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['task.id'], name=op.f('fk_task_sealed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_sealed'))
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Drop them."""
    op.drop_table('task_sealed')
    op.drop_table('note_sealed')
    op.drop_table('draft_sealed')
    op.drop_table('case_statistic_form')
    op.drop_table('approval_sealed')
    op.drop_index('ix_timeline_entry_case_id_recorded_at', table_name='timeline_entry')
    op.drop_index(op.f('ix_timeline_entry_case_id'), table_name='timeline_entry')
    op.drop_table('timeline_entry')
    op.drop_index('ix_task_record_id', table_name='task')
    op.drop_index('ix_task_org_id_state_due_at', table_name='task')
    op.drop_index('ix_task_case_id_state', table_name='task')
    op.drop_index('ix_task_assignee_id_state_due_at', table_name='task')
    op.drop_table('task')
    op.drop_index('ix_notice_org_id_created_at', table_name='notice')
    op.drop_index('ix_notice_case_id', table_name='notice')
    op.drop_table('notice')
    op.drop_index('ix_note_case_id_recorded_at', table_name='note')
    op.drop_index(op.f('ix_note_case_id'), table_name='note')
    op.drop_table('note')
    op.drop_index('ix_draft_user_id_updated_at', table_name='draft')
    op.drop_index(op.f('ix_draft_expires_at'), table_name='draft')
    op.drop_index(op.f('ix_draft_case_id'), table_name='draft')
    op.drop_table('draft')
    op.drop_index('ix_case_statistic_opened_from', table_name='case_statistic')
    op.drop_table('case_statistic')
    op.drop_table('case_station')
    op.drop_index(op.f('ix_case_group_member_case_id'), table_name='case_group_member')
    op.drop_table('case_group_member')
    op.drop_index('ix_case_exclusion_user_id_case_id', table_name='case_exclusion')
    op.drop_table('case_exclusion')
    op.drop_index('ix_case_change_case_id_at', table_name='case_change')
    op.drop_table('case_change')
    op.drop_index('ix_case_access_class_expires_at', table_name='case_access_class')
    op.drop_index('ix_case_access_class_case_id', table_name='case_access_class')
    op.drop_table('case_access_class')
    op.drop_index('ix_case_access_list', table_name='case_access')
    op.drop_index('ix_case_access_expires_at', table_name='case_access')
    op.drop_index('ix_case_access_due', table_name='case_access')
    op.drop_index('ix_case_access_case_id', table_name='case_access')
    op.drop_table('case_access')
    op.drop_index('ix_assignment_user_id_ended_at', table_name='assignment')
    op.drop_index('ix_assignment_team_id_ended_at', table_name='assignment')
    op.drop_index('ix_assignment_case_id_org_id', table_name='assignment')
    op.drop_table('assignment')
    op.drop_index('ix_approval_record_id', table_name='approval')
    op.drop_index('ix_approval_org_id_decision', table_name='approval')
    op.drop_index('ix_approval_case_id', table_name='approval')
    op.drop_table('approval')
    op.drop_index('uq_case_import_key', table_name='case')
    op.drop_index(op.f('ix_case_person_id'), table_name='case')
    op.drop_index('ix_case_owner_org_id_status', table_name='case')
    op.drop_index(op.f('ix_case_import_id'), table_name='case')
    op.drop_table('case')
    op.drop_table('case_group_sealed')
    op.drop_index(op.f('ix_operation_created_at'), table_name='operation')
    op.drop_table('operation')
    op.drop_table('case_group')
    # ### end Alembic commands ###
