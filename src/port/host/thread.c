// SPDX-License-Identifier: MIT
/*
 * thread.c - threads: attach, start, sleep, end
 *
 * T1  A thread that sleeps in km_port_park() has no CPU and takes no interrupt.
 * T2  token: NONE -> THERE by unpark, THERE -> NONE by park, NONE -> AWAITED -> THERE around a
 *     sleep.
 */
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "state.h"

__thread struct km_port_thread *km_port_current;
/* also while host_release() has cleared the above */
static __thread struct host_thread *own_record;

/* What a caller finds while no machine is up. */
static union {
	struct km_port_thread port;
	char room[32 << 10];
} early __attribute__((aligned(64)));

/* -- records ----------------------------------------------------------------------------------- */

static size_t record_bytes(void)
{
	return (sizeof(struct host_thread) + 63) / 64 * 64 + host.hooks->thread_bytes;
}

struct host_thread *host_thread_make(void)
{
	struct host_thread *thread;
	void *signal_stack = NULL;

	host_lock();
	thread = host.free_records;
	if (thread)
		host.free_records = thread->next_free;
	host_unlock();
	if (thread) {
		signal_stack = thread->signal_stack;
		memset(thread, 0, record_bytes());
	} else {
		thread = mmap(NULL, record_bytes(), PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (thread == MAP_FAILED)
			return NULL;
	}
	thread->signal_stack = signal_stack;
	thread->port = (void *)((char *)thread + (sizeof(*thread) + 63) / 64 * 64);
	thread->port->port_data = thread;
	thread->port->irq_off = 1;
	return thread;
}

/* H4 */
void host_thread_free(struct host_thread *thread)
{
	thread->is_dead = true;
	host_lock();
	thread->next_free = host.free_records;
	host.free_records = thread;
	host_unlock();
}

static void stack_bounds_find(struct km_port_thread *port)
{
	pthread_attr_t attributes;
	void *base;
	size_t bytes;

	if (pthread_getattr_np(pthread_self(), &attributes))
		return;
	if (!pthread_attr_getstack(&attributes, &base, &bytes)) {
		port->stack_low = base;
		port->stack_high = (char *)base + bytes;
	}
	pthread_attr_destroy(&attributes);
}

bool host_stack_of(uintptr_t address, uintptr_t *ret_low, uintptr_t *ret_high)
{
	const struct km_port_thread *self = km_port_current;
	stack_t fault_stack;

	if (self && address >= (uintptr_t)self->stack_low &&
	    address < (uintptr_t)self->stack_high) {
		*ret_low = (uintptr_t)self->stack_low;
		*ret_high = (uintptr_t)self->stack_high;
		return true;
	}
	if (sigaltstack(NULL, &fault_stack) || fault_stack.ss_flags & SS_DISABLE ||
	    address - (uintptr_t)fault_stack.ss_sp >= fault_stack.ss_size)
		return false;
	*ret_low = (uintptr_t)fault_stack.ss_sp;
	*ret_high = *ret_low + fault_stack.ss_size;
	return true;
}

/* -- attach and detach ------------------------------------------------------------------------- */

/* The calling thread becomes @thread, with a CPU and irq_off raised. */
void host_attach_as(struct host_thread *thread)
{
	sigset_t ours;

	thread->tid = (pid_t)syscall(SYS_gettid);
	stack_bounds_find(thread->port);
	host_fault_stack(thread);
	host_cpu_take(thread);
	own_record = thread;
	km_port_current = thread->port;
	sigemptyset(&ours);
	sigaddset(&ours, HOST_SIGNAL);
	pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
}

struct km_port_thread *km_host_attach(void)
{
	struct host_thread *thread = own_record;

	if (!host.is_up)
		return &early.port;
	if (thread) {
		host_cpu_take(thread);
		km_port_current = thread->port;
		host_leave(thread, 0);
		return thread->port;
	}
	thread = host_thread_make();
	if (!thread) {
		host_complain("kmalloc: no memory for the record of a thread");
		km_port_stop(70);
	}
	host_attach_as(thread);
	pthread_setspecific(host.key, thread);
	if (host.hooks->attach)
		host.hooks->attach(thread->port);
	host_leave(thread, 0);
	return thread->port;
}

void host_forget_self(void)
{
	km_port_current = NULL;
	own_record = NULL;
}

void host_on_thread_end(void *record)
{
	struct host_thread *thread = record;

	if (!host.is_up || own_record != thread)
		return;
	(void)port_self_inline();	/* takes a CPU if the thread had given it up */
	if (host.hooks->detach)
		host.hooks->detach(thread->port);
	host_enter(thread);
	host_cpu_leave(thread);
	host_forget_self();
	host_thread_free(thread);
}

static bool is_held(const struct km_port_thread *self)
{
	return self->preempt_count || self->irq_off;
}

void host_release(void)
{
	struct km_port_thread *self = km_port_current;

	if (!self || is_held(self))
		return;
	host_enter(host_self());
	host_cpu_leave(host_self());
	km_port_current = NULL;
}

void host_handover(void)
{
	struct km_port_thread *self = km_port_current;
	struct host_thread *thread;

	if (!self || is_held(self) || !__atomic_load_n(&host.waiters, __ATOMIC_RELAXED))
		return;
	thread = host_self();
	host_enter(thread);
	host_cpu_leave(thread);
	sched_yield();
	host_cpu_take(thread);
	host_leave(thread, 0);
}

/* -- start and end ----------------------------------------------------------------------------- */

static void token_await(struct host_thread *thread)
{
	uint32_t seen = TOKEN_NONE;

	__atomic_compare_exchange_n(&thread->token, &seen, TOKEN_AWAITED, false, __ATOMIC_ACQ_REL,
				    __ATOMIC_ACQUIRE);
	while (__atomic_load_n(&thread->token, __ATOMIC_ACQUIRE) != TOKEN_THERE)
		host_futex_wait(&thread->token, TOKEN_AWAITED, HOST_FOREVER);
	__atomic_store_n(&thread->token, TOKEN_NONE, __ATOMIC_RELEASE);
}

/* Returns when the entry does, or km_port_thread_exit() jumps here. */
static __attribute__((noinline)) void entry_run(struct host_thread *thread)
{
	if (setjmp(thread->end))
		return;
	host_leave(thread, 0);
	thread->entry(thread->arg);
}

static void *thread_begin(void *record)
{
	struct host_thread *thread = record;

	token_await(thread);
	host_attach_as(thread);
	entry_run(thread);
	host_enter(thread);
	host_cpu_leave(thread);
	host_forget_self();
	host_thread_free(thread);
	return NULL;
}

struct km_port_thread *km_port_thread_new(void (*entry)(void *), void *arg, const char *name)
{
	struct host_thread *thread = host_thread_make();
	pthread_attr_t attributes;
	pthread_t id;
	int error;

	if (!thread)
		return NULL;
	thread->is_ours = true;
	thread->entry = entry;
	thread->arg = arg;
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, HOST_STACK_BYTES);
	error = pthread_create(&id, &attributes, thread_begin, thread);
	pthread_attr_destroy(&attributes);
	if (error) {
		host_thread_free(thread);
		return NULL;
	}
	if (name) {
		char short_name[16];

		strncpy(short_name, name, sizeof(short_name) - 1);
		short_name[sizeof(short_name) - 1] = '\0';
		pthread_setname_np(id, short_name);
	}
	return thread->port;
}

void km_port_thread_exit(void)
{
	struct host_thread *thread = host_self();

	if (!thread->is_ours)
		pthread_exit(NULL);	/* its destructor detaches it */
	longjmp(thread->end, 1);
}

/* -- sleep and wake ---------------------------------------------------------------------------- */

void km_port_park(void)
{
	struct host_thread *thread = port_self_inline()->port_data;
	uint32_t seen = TOKEN_THERE, word;

	if (__atomic_compare_exchange_n(&thread->token, &seen, TOKEN_NONE, false, __ATOMIC_ACQ_REL,
					__ATOMIC_ACQUIRE))
		return;
	word = host_enter(thread);
	host_cpu_leave(thread);
	token_await(thread);
	host_cpu_take(thread);
	host_leave(thread, word);
}

void km_port_unpark(struct km_port_thread *port)
{
	struct host_thread *thread = port->port_data;

	if (thread->is_dead)
		return;
	if (__atomic_exchange_n(&thread->token, TOKEN_THERE, __ATOMIC_ACQ_REL) == TOKEN_AWAITED)
		host_futex_wake(&thread->token, 1);
}

void km_port_yield(void)
{
	host_handover();
	sched_yield();
}

/* Tell the processor that this is a busy wait. */
#if defined(__x86_64__)
static void spin_hint(void)
{
	__builtin_ia32_pause();
}
#else
static void spin_hint(void)
{
}
#endif

void km_port_relax(void)
{
	static __thread unsigned int turns;

	spin_hint();
	/* The one waited for may need this very processor, or this very CPU. */
	if (++turns % 64 == 0)
		km_port_yield();
}

/* -- the functions that port_inline.h has inline for the engine -------------------------------- */

struct km_port_thread *(km_port_self)(void)
{
	return port_self_inline();
}

unsigned int (km_port_cpu)(void)
{
	return port_self_inline()->cpu;
}

unsigned long (km_port_irq_save)(void)
{
	return port_irq_save_inline();
}

void (km_port_irq_restore)(unsigned long word)
{
	port_irq_restore_inline(word);
}

void (km_port_point)(void)
{
}

bool (km_port_point_is_due)(void)
{
	return false;
}

void (km_port_point_run)(void)
{
}

/* Threads of the system run on while one of them looks. */
uintptr_t km_port_stack_pointer(const struct km_port_thread *thread)
{
	(void)thread;
	return 0;
}

void (km_port_seam)(void)
{
}

void (km_port_effort)(unsigned long ns)
{
	(void)ns;
}
