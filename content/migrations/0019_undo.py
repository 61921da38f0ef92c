"""What was deleted or moved in drafts, so that it can be put back; and the ledger's word for that."""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0045_pageurl_site_unique_path'),
        ('content', '0018_turn_once_seal'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='event',
            field=models.CharField(choices=[('FACT_CHANGED', 'a fact of a treatment was changed'), ('ORIGINAL_VIEWED', 'the original of a photograph was viewed'), ('PHOTO_ADDED', 'a photograph was added to a case'), ('PHOTO_CHANGED', 'a photograph’s words, day or crop were changed'), ('PHOTO_REMOVED', 'a photograph was deleted'), ('PHOTO_QUARANTINED', 'a photograph was taken out of reach'), ('CONSENT_RECORDED', 'a consent was recorded'), ('CONSENT_CHANGED', 'a consent was corrected'), ('CONSENT_WITHDRAWN', 'a consent was withdrawn'), ('CONSENT_EXPIRED', 'a consent ended'), ('CONSENT_EXPORTED', 'everything held under a reference code was given out'), ('FORM_VIEWED', 'a signed form was viewed'), ('CASE_CHANGED', 'a case was changed'), ('CASE_APPROVED', 'a case was approved'), ('CASE_TAKEN_DOWN', 'a case lost its approval'), ('CASE_DELETED', 'a case was deleted'), ('PAGE_SIGNED', 'a page was signed'), ('PAGE_PUBLISHED', 'a page went live'), ('PAGE_SCHEDULED', 'a page was given a time to go live'), ('PAGE_UNSCHEDULED', "a page's time to go live was taken away"), ('PAGE_NOT_PUBLISHED', 'a page did not go live at its time'), ('PAGE_OFFLINE', 'a page was taken offline'), ('PAGE_PUT_BACK', 'a page taken offline was made a draft again'), ('DRAFT_UNLOCKED', 'a draft was taken over from whoever was changing it'), ('BLOCK_PUT_BACK', 'a block that was deleted or moved was put back into a draft'), ('CLINIC_CHANGED', "the clinic's record was changed"), ('SIGNED_IN', 'someone signed in'), ('SIGNED_OUT', 'someone signed out'), ('SIGN_IN_LOCKED', 'a sign-in was locked after wrong guesses'), ('PASSWORD_CHANGED', 'a password was changed'), ('SECOND_FACTOR_SET_UP', 'a telephone was set up for signing in'), ('SECOND_FACTOR_RESET', 'a telephone was forgotten'), ('RECOVERY_CODE_USED', 'a recovery code was used'), ('RECOVERY_CODES_MADE', 'new recovery codes were made'), ('LINK_MADE', 'a one-time link was made'), ('LINK_USED', 'a one-time link was used'), ('PERSON_ADDED', 'a person was given an account'), ('PERSON_CHANGED', 'a person’s name or roles were changed'), ('PERSON_DEACTIVATED', 'a person’s account was shut'), ('PERSON_REACTIVATED', 'a person’s account was opened again'), ('WORDING_REASON_GIVEN', 'a reason was given for a word that needs one')], max_length=40),
        ),
        migrations.CreateModel(
            name='BlockChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DELETED', 'deleted'), ('CUT', 'cut out'), ('MOVED', 'moved')], max_length=10)),
                ('block_name', models.CharField(max_length=200)),
                ('trees', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('block_id', models.PositiveIntegerField(null=True)),
                ('place', models.JSONField()),
                ('made_by', models.CharField(max_length=150)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('is_hidden', models.BooleanField(default=False)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='block_changes', to='cms.pagecontent')),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
    ]
