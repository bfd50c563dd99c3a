/* SPDX-License-Identifier: MIT */
/* sarif_rule.h - rules as SARIF describes them; of sarif.c only */
#ifndef SARIF_RULE_H
#define SARIF_RULE_H

#include "catalog.h"
#include "json_text.h"
#include "sarif.h"

cJSON *sarif_rule_item(const struct sarif_rule *rule); /* reportingDescriptor */
struct sarif_rule sarif_catalog_rule(const struct rule *rule);
const char *sarif_level_name(enum sarif_level level);

#endif
