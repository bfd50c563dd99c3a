/* SPDX-License-Identifier: MIT */
/*
 * show.c - print views of a machine with a known load; an ordinary program
 *
 *	show [-o OPTIONS] NAME...	each text; of several, after a line "== NAME"
 *	show -w NAME TEXT		write TEXT, print what km_proc_write() returned
 */
#include <kmalloc/machine.h>
#include <kmalloc/stats.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <port/host/host.h>

#include "load.h"

static int show(const char *name, int with_title)
{
	long bytes = km_proc_read(name, NULL, 0), again;
	char *text;

	if (with_title)
		printf("== %s\n", name);
	if (bytes < 0) {
		printf("error %ld\n", bytes);
		return 1;
	}
	text = malloc((size_t)bytes + 4096);
	again = km_proc_read(name, text, (size_t)bytes + 4096);
	if (!text || again < 0)
		return 1;
	fputs(text, stdout);
	free(text);
	return 0;
}

int main(int argc, char **argv)
{
	struct km_config config = { 0 };
	const struct host_config host = { .mem_bytes = (size_t)256 << 20, .cpus = 4 };
	int at = 1, failed = 0;

	if (argc > 2 && !strcmp(argv[1], "-o")) {
		config.command_line = argv[2];
		at = 3;
	}
	host_configure(&host);
	if (km_machine_boot(&config) || load_make())
		return 2;
	if (argc > at + 2 && !strcmp(argv[at], "-w")) {
		printf("%ld\n", km_proc_write(argv[at + 1], argv[at + 2], strlen(argv[at + 2])));
		failed = show(argv[at + 1], 0);
	} else {
		for (int i = at; i < argc; i++)
			failed |= show(argv[i], argc - at > 1);
	}
	load_end();
	return km_machine_shutdown() ? 3 : failed;
}
