// SPDX-License-Identifier: MIT
/*
 * host_test.c - what only the host port promises: threads of the program attach, wait for a CPU,
 * give it back, end
 *
 * Hosted.
 */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include <asm/percpu.h>
#include <kmalloc/port.h>
#include <port/host/host.h>
#include <test.h>

#define PROGRAM_THREADS	40

static unsigned int attached, detached, interrupts;

static void on_attach(struct km_port_thread *self)
{
	(void)self;
	__atomic_fetch_add(&attached, 1, __ATOMIC_SEQ_CST);
}

static void on_detach(struct km_port_thread *self)
{
	(void)self;
	__atomic_fetch_add(&detached, 1, __ATOMIC_SEQ_CST);
}

static void (*volatile play)(void);

static void on_interrupt(unsigned int vector)
{
	(void)vector;
	if (play)
		play();
	__atomic_fetch_add(&interrupts, 1, __ATOMIC_SEQ_CST);
}

static void on_fault(const struct km_port_fault *fault)
{
	_exit(fault->kind == KM_FAULT_MEMORY && fault->address == 0x1234 && fault->is_write ? 42
											    : 43);
}

static const struct km_port_hooks hooks = {
	.thread_bytes = sizeof(struct km_port_thread) + 64,
	.attach = on_attach,
	.detach = on_detach,
	.interrupt = on_interrupt,
	.fault = on_fault,
};

static int setup(void)
{
	return km_port_boot(&hooks);
}

static unsigned int owners[KM_MAX_CPUS], troubles;

static void own_for_a_while(void)
{
	unsigned int cpu = km_port_cpu();

	if (__atomic_fetch_add(&owners[cpu], 1, __ATOMIC_SEQ_CST))
		__atomic_fetch_add(&troubles, 1, __ATOMIC_SEQ_CST);
	for (volatile unsigned int i = 0; i < 1000; i++)
		;
	if (km_port_cpu() != cpu)
		__atomic_fetch_add(&troubles, 1, __ATOMIC_SEQ_CST);
	__atomic_fetch_sub(&owners[cpu], 1, __ATOMIC_SEQ_CST);
}

static void *program_thread(void *arg)
{
	for (unsigned int i = 0; i < 50; i++) {
		own_for_a_while();
		host_release();
		km_port_interrupt(i % km_port_cpus(), KM_VECTOR_IPI);
	}
	return arg;
}

/* More threads than CPUs; each owns one alone, and gives it back at its end. */
static void threads_of_the_program_share_the_cpus(void)
{
	unsigned int before = attached, gone = detached;
	pthread_t threads[PROGRAM_THREADS];

	troubles = 0;
	for (unsigned int i = 0; i < PROGRAM_THREADS; i++)
		REQUIRE(!pthread_create(&threads[i], NULL, program_thread, NULL));
	host_release();
	for (unsigned int i = 0; i < PROGRAM_THREADS; i++)
		pthread_join(threads[i], NULL);
	CHECK_EQ(troubles, 0);
	CHECK_EQ(attached, before + PROGRAM_THREADS);
	CHECK_EQ(detached, gone + PROGRAM_THREADS);
	CHECK(interrupts > 0);
}

static void *end_at_once(void *arg)
{
	(void)km_port_self();
	return arg;
}

static void a_cpu_of_an_ended_thread_is_free_again(void)
{
	for (unsigned int i = 0; i < 4 * KM_MAX_CPUS; i++) {
		pthread_t thread;

		REQUIRE(!pthread_create(&thread, NULL, end_at_once, NULL));
		pthread_join(thread, NULL);
	}
	CHECK(km_port_cpu() < km_port_cpus());
}

static void release_does_nothing_while_something_is_held(void)
{
	struct km_port_thread *self = km_port_self();
	unsigned int cpu = km_port_cpu();

	self->preempt_count++;
	host_release();
	CHECK(km_port_self() == self);
	CHECK_EQ(km_port_cpu(), cpu);
	self->preempt_count--;
}

static void *wait_for_stop(void *arg)
{
	(void)km_port_self();
	while (!__atomic_load_n((unsigned int *)arg, __ATOMIC_SEQ_CST))
		km_port_relax();
	return NULL;
}

/* All CPUs have an owner that waits busily: one more thread must still get in. */
static void busy_waiters_hand_their_cpu_over(void)
{
	pthread_t threads[KM_MAX_CPUS];
	unsigned int stop = 0, count = km_port_cpus();
	unsigned int before = attached;

	for (unsigned int i = 0; i < count; i++)
		REQUIRE(!pthread_create(&threads[i], NULL, wait_for_stop, &stop));
	while (__atomic_load_n(&attached, __ATOMIC_SEQ_CST) < before + count)
		km_port_relax();
	__atomic_store_n(&stop, 1, __ATOMIC_SEQ_CST);
	for (unsigned int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	CHECK_EQ(attached, before + count);
}

static void interrupts_leave_errno_and_system_calls_alone(void)
{
	struct km_port_thread *self = km_port_self();
	unsigned int before = interrupts;
	int ends[2];
	char byte = 'x', got = 0;

	REQUIRE(!pipe(ends));
	self->preempt_count++;
	km_port_timer_set(km_port_clock_ns() + 2000000);
	km_port_delay_ns(10000000);
	CHECK(interrupts > before);
	self->preempt_count--;
	CHECK_EQ(write(ends[1], &byte, 1), 1);
	CHECK_EQ(read(ends[0], &got, 1), 1);
	CHECK_EQ(got, 'x');
	close(ends[0]);
	close(ends[1]);
}

/* -- an interrupt at every instruction of the per-CPU verbs ------------------------------------ */

#if defined(__x86_64__)
#define TRAP_FLAG	0x100
#define NODES		8

struct node {
	void *next;
	bool is_owned;
};
static struct pcpu_head lists[KM_MAX_CPUS];
static struct pcpu_word words[KM_MAX_CPUS];
/* instructions stepped over; the one after which the interrupt comes */
static unsigned int step, strike;

static void on_step(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	if (++step != strike)
		return;
	((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~TRAP_FLAG;
	km_port_interrupt(km_port_cpu(), KM_VECTOR_IPI);
}

static inline __attribute__((always_inline)) void stepping(bool is_on)
{
	/* Beyond the red zone. */
	__asm__ volatile("lea -128(%%rsp), %%rsp\n\t"
			 "pushfq\n\t"
			 "andq $~0x100, (%%rsp)\n\t"
			 "orq %0, (%%rsp)\n\t"
			 "popfq\n\t"
			 "lea 128(%%rsp), %%rsp" ::"r"(is_on ? 0x100UL : 0UL)
			 : "cc", "memory");
}

static struct node *node_take(void)
{
	struct node *node = pcpu_take(lists);

	if (node && node->is_owned)
		troubles++;
	if (node)
		node->is_owned = true;
	return node;
}

static void node_give(struct node *node)
{
	if (!node)
		return;
	node->is_owned = false;
	pcpu_give(lists, node);
}

/* Leaves another list than it found. */
static void play_take_and_give(void)
{
	struct node *first = node_take(), *second = node_take();

	node_give(first);
	node_give(second);
	pcpu_swap(words, pcpu_swap(words, 1000) + 1);
	pcpu_add(words, 10);
}

static void list_fill(struct node *nodes, struct pcpu_head *list)
{
	*list = (struct pcpu_head){ .high = NODES };
	for (unsigned int i = 0; i < NODES; i++) {
		nodes[i] = (struct node){ .next = list->first };
		list->first = &nodes[i];
		list->count++;
	}
}

static void list_check(const struct pcpu_head *list)
{
	unsigned int length = 0;

	for (const struct node *node = list->first; node && length <= NODES; node = node->next)
		length++;
	CHECK_EQ(length, NODES);
	CHECK_EQ(list->count, NODES);
}

/* false: the last instruction was passed, or nothing here steps. */
static bool strike_at(unsigned int instruction)
{
	struct node nodes[NODES], *node, *other;
	struct pcpu_head *list = &lists[km_port_cpu()];
	struct pcpu_word *word = &words[km_port_cpu()];
	unsigned int before = interrupts;
	long was;

	list_fill(nodes, list);
	word->value = 0;
	step = 0;
	strike = instruction;
	stepping(true);
	node = pcpu_take(lists);
	other = pcpu_take(lists);
	pcpu_give(lists, node);
	pcpu_give(lists, other);
	was = pcpu_swap(words, 100);
	pcpu_add(words, 100);
	stepping(false);
	CHECK(node != other);
	list_check(list);
	/* The interrupt's 11 are in what was swapped out or in what is there now. */
	CHECK_EQ(was + word->value, interrupts == before ? 200 : 211);
	return interrupts != before;
}

static void verbs_stand_an_interrupt_at_every_instruction(void)
{
	struct sigaction action = { .sa_sigaction = on_step, .sa_flags = SA_SIGINFO }, before;
	unsigned int instruction = 1;

	km_port_self()->preempt_count++;
	sigaction(SIGTRAP, &action, &before);
	play = play_take_and_give;
	troubles = 0;
	while (strike_at(instruction))
		instruction++;
	play = NULL;
	sigaction(SIGTRAP, &before, NULL);
	km_port_self()->preempt_count--;
	CHECK_EQ(troubles, 0);
	if (!step)
		km_test_skip("no single steps here");
	else
		CHECK(instruction > 50);
}
#else
static void verbs_stand_an_interrupt_at_every_instruction(void)
{
	km_test_skip("no single steps on this processor");
}
#endif

/* -- faults and fork --------------------------------------------------------------------------- */

static int status_of_child(void (*act)(void))
{
	pid_t child = fork();
	int status = 0;

	if (!child) {
		act();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status;
}

static void write_nowhere(void)
{
	*(volatile char *)0x1234 = 1;
}

static void faults_of_known_threads_reach_the_hook(void)
{
	int status = status_of_child(write_nowhere);

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

static void fault_after_release(void)
{
	host_release();
	write_nowhere();
}

static void faults_of_others_stay_the_programs(void)
{
	int status;

	signal(SIGSEGV, SIG_DFL);	/* before boot: what the port hands such faults to */
	km_port_shutdown();
	signal(SIGSEGV, SIG_DFL);
	REQUIRE(km_port_boot(&hooks) == 0);
	status = status_of_child(fault_after_release);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

static void touch_ram(void)
{
	struct km_port_region region;

	km_port_regions(&region, 1);
	*(volatile char *)region.base = 1;
}

static void a_forked_child_does_not_share_ram(void)
{
	int status;

	touch_ram();
	status = status_of_child(touch_ram);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 43);
}

KM_TESTS(setup,
	 T(threads_of_the_program_share_the_cpus),
	 T(a_cpu_of_an_ended_thread_is_free_again),
	 T(release_does_nothing_while_something_is_held),
	 T(busy_waiters_hand_their_cpu_over),
	 T(interrupts_leave_errno_and_system_calls_alone),
	 T(verbs_stand_an_interrupt_at_every_instruction),
	 T(faults_of_known_threads_reach_the_hook),
	 T(faults_of_others_stay_the_programs),
	 T(a_forked_child_does_not_share_ram));
