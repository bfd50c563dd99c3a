// SPDX-License-Identifier: MIT
/*
 * rows.c - how many rows the files of this program have
 *
 * km_test_list is the start of the section "api_rows" (a linker argument); the count is taken
 * before main().  Without test.h, whose count is constant.
 */
struct km_test {
	const char *name;
	void (*run)(void);
};

extern const struct km_test __start_api_rows[], __stop_api_rows[];
unsigned int km_test_count;

static __attribute__((constructor)) void rows_count(void)
{
	km_test_count = (unsigned int)(__stop_api_rows - __start_api_rows);
}
