/* SPDX-License-Identifier: MIT */
/* sarif_place.h - places of the code as SARIF writes them; of sarif.c only */
#ifndef SARIF_PLACE_H
#define SARIF_PLACE_H

#include "json_text.h"
#include "sarif.h"

cJSON *sarif_text(const char *text); /* {"text": ...} */
cJSON *sarif_artifact(const char *file); /* artifactLocation */
/* location; @text may be NULL.  With the lines around it if @with_context. */
cJSON *sarif_location(const struct sarif_place *place, const char *text, bool with_context);
cJSON *sarif_stack(const struct sarif_place *frames, size_t count);
/* The text of a place's line, its blanks run together; "": there is none.  The caller frees. */
char *sarif_line(const struct sarif_place *place);

#endif
