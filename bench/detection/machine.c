// SPDX-License-Identifier: MIT
/*
 * machine.c - main() of the programs that compare.py lets other tools watch
 *
 * Boots the library's host machine with no rule armed, runs the module's init, lets a third of a
 * second pass for timers, threads and work, runs its exit.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <kmalloc/machine.h>

int init_module(void);
void __attribute__((weak)) cleanup_module(void);
void km_synchronize_rcu(void);

static struct later { struct later *next; void *memory; } *later;
static pthread_mutex_t later_lock = PTHREAD_MUTEX_INITIALIZER;

void shim_free_later(const void *memory);
void shim_free_later(const void *memory)
{
	struct later *new = malloc(sizeof(*new));

	if (!memory || !new) {
		free(new);
		return;
	}
	new->memory = (void *)memory;
	pthread_mutex_lock(&later_lock);
	new->next = later;
	later = new;
	pthread_mutex_unlock(&later_lock);
}

static void free_later_ones(void)
{
	struct later *next;

	km_synchronize_rcu();
	for (; later; later = next) {
		next = later->next;
		free(later->memory);
		free(later);
	}
}

int main(void)
{
	const struct timespec third = { 0, 333000000 };

	if (km_machine_boot(NULL))
		return 71;
	if (init_module() >= 0) {
		nanosleep(&third, NULL);
		if (cleanup_module)
			cleanup_module();
	}
	free_later_ones();
	puts("orderly end");
	return 0;
}
