
import django.db.models.deletion
import waystation.kernel.ids
import waystation.people.models.person
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exchange', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '0002_kept_to_a_post'),
    ]

    operations = [
        migrations.CreateModel(
            name='OurRequest',
            fields=[
                ('id', models.UUIDField(default=waystation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recipient_kind', models.CharField(choices=[('society', 'Red Cross or Red Crescent society'), ('health', 'Hospital or health worker'), ('shelter', 'Shelter'), ('legal-help', 'Lawyer or legal help'), ('un-agency', 'United Nations agency'), ('ngo', 'Non-governmental organisation'), ('family', 'Family'), ('public', 'The public'), ('authority', 'Public authority'), ('other', 'Someone else')], max_length=10)),
                ('compartment', models.CharField(choices=[('basic', 'basic'), ('health', 'health'), ('protection', 'protection'), ('child', 'child'), ('detention', 'detention'), ('family-links', 'family-links'), ('legal', 'legal')], max_length=20)),
                ('case_kind', models.CharField(choices=[('general', 'General protection'), ('child', 'Protection of a child'), ('health', 'Health'), ('legal', 'Legal help'), ('trafficking', 'Trafficking'), ('return', 'Return'), ('family_link', 'Family link'), ('detention', 'Detention')], max_length=12)),
                ('why', models.CharField(choices=[('go_on', 'To go on with help that was begun there'), ('health', 'For treatment now'), ('safety', 'To keep the person safe'), ('family', 'To look for family'), ('wish', 'The person wants to have what is written there')], max_length=8)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('agreed', 'The person agreed'), ('asked', 'Asked, without a name'), ('accepted', 'They will look'), ('named', 'They know whom we mean'), ('told', 'They told us'), ('nothing', 'Nothing to tell'), ('refused', 'Refused'), ('withdrawn', 'Taken back'), ('lapsed', 'No answer in time'), ('failed', 'Did not reach them')], default='draft', max_length=9)),
                ('state_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField()),
                ('asked_at', models.DateTimeField(null=True)),
                ('until', models.DateField()),
                ('refused', models.CharField(blank=True, default='', max_length=60)),
                ('sealed', models.BinaryField(null=True)),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='our_requests', to='people.consent')),
                ('peer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.peer')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='our_requests', to='people.person')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            bases=(waystation.people.models.person.SealedForPerson, models.Model),
        ),
        migrations.CreateModel(
            name='Found',
            fields=[
                ('id', models.UUIDField(default=waystation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(choices=[('given_name', 'given_name'), ('family_name', 'family_name'), ('names', 'names'), ('alias', 'alias'), ('birth_year', 'birth_year'), ('birth_date', 'birth_date'), ('origin', 'origin'), ('languages', 'languages'), ('phone', 'phone'), ('contact_note', 'contact_note'), ('know_now', 'know_now'), ('speak_with', 'speak_with'), ('reason', 'reason'), ('wishes', 'wishes'), ('assessment', 'assessment'), ('plan', 'plan'), ('first_met', 'first_met'), ('last_met', 'last_met')], max_length=20)),
                ('came_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'To be looked at'), ('used', 'Written into the record'), ('left', 'Left as it was here')], default='waiting', max_length=7)),
                ('decided_by', models.UUIDField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='found', to='requests.ourrequest')),
            ],
            options={
                'ordering': ['came_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TheirRequest',
            fields=[
                ('id', models.UUIDField(default=waystation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('exchange', models.UUIDField()),
                ('compartment', models.CharField(choices=[('basic', 'basic'), ('health', 'health'), ('protection', 'protection'), ('child', 'child'), ('detention', 'detention'), ('family-links', 'family-links'), ('legal', 'legal')], max_length=20)),
                ('case_kind', models.CharField(blank=True, choices=[('general', 'General protection'), ('child', 'Protection of a child'), ('health', 'Health'), ('legal', 'Legal help'), ('trafficking', 'Trafficking'), ('return', 'Return'), ('family_link', 'Family link'), ('detention', 'Detention')], default='', max_length=12)),
                ('why', models.CharField(blank=True, choices=[('go_on', 'To go on with help that was begun there'), ('health', 'For treatment now'), ('safety', 'To keep the person safe'), ('family', 'To look for family'), ('wish', 'The person wants to have what is written there')], default='', max_length=8)),
                ('state', models.CharField(choices=[('asked', 'Asked of us'), ('accepted', 'We will look'), ('named', 'We know whom they mean'), ('told', 'We told them'), ('nothing', 'We said there is nothing to tell'), ('refused', 'Refused'), ('withdrawn', 'Taken back by them'), ('lapsed', 'No answer in time')], default='asked', max_length=9)),
                ('state_at', models.DateTimeField()),
                ('came_at', models.DateTimeField()),
                ('age_band', models.CharField(choices=[('0-4', '0 to 4 years'), ('5-11', '5 to 11 years'), ('12-17', '12 to 17 years'), ('18-24', '18 to 24 years'), ('25-59', '25 to 59 years'), ('60+', '60 years and over'), ('not-known', 'Age not known')], default='not-known', max_length=9)),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('other', 'Another'), ('not-known', 'Not known'), ('not-said', 'Prefers not to say')], default='not-known', max_length=9)),
                ('until', models.DateField(null=True)),
                ('accepted_by', models.UUIDField(null=True)),
                ('refused', models.CharField(blank=True, choices=[('full', 'No time'), ('not_ours', 'Not what we do'), ('not_kept', 'We keep nothing from that time'), ('other', 'Something else')], default='', max_length=8)),
                ('sealed', models.BinaryField(null=True)),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='their_requests', to='people.consent')),
                ('peer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.peer')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='their_requests', to='people.person')),
            ],
        ),
        migrations.AddIndex(
            model_name='ourrequest',
            index=models.Index(models.F('state'), models.F('made_at'), name='our_request_by_state'),
        ),
        migrations.AddConstraint(
            model_name='ourrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'agreed', 'asked', 'accepted', 'named', 'told', 'nothing', 'refused', 'withdrawn', 'lapsed', 'failed'])), name='our_request_state_known'),
        ),
        migrations.AddConstraint(
            model_name='ourrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), ('consent__isnull', False), _connector='OR'), name='our_request_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='ourrequest',
            constraint=models.CheckConstraint(condition=models.Q(('recipient_kind', 'authority'), _negated=True), name='our_request_to_no_authority'),
        ),
        migrations.AddConstraint(
            model_name='found',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'used', 'left'])), name='found_state_known'),
        ),
        migrations.AddConstraint(
            model_name='found',
            constraint=models.UniqueConstraint(models.F('request'), models.F('name'), name='each_field_found_once'),
        ),
        migrations.AddIndex(
            model_name='theirrequest',
            index=models.Index(models.F('state'), models.F('came_at'), name='their_request_by_state'),
        ),
        migrations.AddIndex(
            model_name='theirrequest',
            index=models.Index(models.F('peer'), models.F('came_at'), name='their_request_by_peer'),
        ),
        migrations.AddConstraint(
            model_name='theirrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'accepted', 'named', 'told', 'nothing', 'refused', 'withdrawn', 'lapsed'])), name='their_request_state_known'),
        ),
        migrations.AddConstraint(
            model_name='theirrequest',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', True), ('state__in', ['told', 'withdrawn']), _connector='OR'), name='their_request_names_nobody'),
        ),
        migrations.AddConstraint(
            model_name='theirrequest',
            constraint=models.UniqueConstraint(models.F('peer'), models.F('exchange'), name='each_request_once'),
        ),
    ]
