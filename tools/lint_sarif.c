/* SPDX-License-Identifier: MIT */
/* lint_sarif.c - findings of a lint as SARIF: the rule's note on what may be wrong goes with it */
#include "lint.h"
#include "sarif.h"

#include <stdlib.h>
#include <string.h>

static void put_rule(struct sarif *sarif, const struct lint_rule *rule)
{
	struct sarif_rule about = {
		.id = rule->id,
		.line = rule->title,
		.text = text_format("May be false: %s.", rule->false_note),
		.help = rule->help,
		.precision = confidence_name(rule->confidence),
		.level = rule->is_error ? SARIF_ERROR : SARIF_NOTE,
	};

	sarif_rule(sarif, &about);
}

static enum sarif_kind kind_of(const char *role)
{
	return strcmp(role, "allocated") == 0 ? SARIF_ACQUIRE_MEMORY
	       : strcmp(role, "freed") == 0   ? SARIF_RELEASE_MEMORY
	       : strcmp(role, "locked") == 0  ? SARIF_ACQUIRE_LOCK
					      : SARIF_STEP;
}

static void put_finding(struct sarif *sarif, const struct lint_finding *finding)
{
	struct sarif_step *steps = need((finding->site_count + 1) * sizeof(*steps));
	struct sarif_property confidence = { "confidence", confidence_name(finding->confidence),
					     false };
	struct sarif_result result = {
		.rule = finding->rule->id,
		.level = finding->rule->is_error ? SARIF_ERROR : SARIF_NOTE,
		.message = finding->message,
		.help = finding->rule->help,
		.place = { finding->file, finding->function, (int)finding->line,
			   (int)finding->column },
		.flow = steps,
		.flow_count = finding->site_count,
		.properties = &confidence,
		.property_count = 1,
	};

	for (size_t i = 0; i < finding->site_count; i++)
		steps[i] = (struct sarif_step){
			.place = { finding->file, NULL, (int)finding->sites[i].line, 0 },
			.text = finding->sites[i].role,
			.kind = kind_of(finding->sites[i].role),
		};
	sarif_file(sarif, finding->file);
	sarif_result(sarif, &result);
	free(steps);
}

static void put_unread(struct sarif *sarif, const struct words *files, const char *what)
{
	for (size_t i = 0; i < files->count; i++) {
		char *text = text_format("%s: %s", files->at[i], what);

		sarif_notice(sarif, SARIF_WARNING, text);
		free(text);
	}
}

int findings_sarif(const struct lint_request *request, const struct lint_rules *rules,
		   const struct lint_result *result, int verdict)
{
	struct sarif *sarif = sarif_open(request->sarif, request->argc, request->argv);

	if (!sarif)
		return 2;
	for (size_t i = 0; i < rules->count; i++)
		if (rules->at[i].is_wanted)
			put_rule(sarif, &rules->at[i]);
	for (size_t i = 0; i < result->count; i++)
		if (!result->findings[i].is_known)
			put_finding(sarif, &result->findings[i]);
	put_unread(sarif, &result->unparsed, "has a part that spatch does not understand");
	put_unread(sarif, &result->given_up, "was given up: too slow, or spatch failed on it");
	return sarif_close(sarif, verdict);
}
