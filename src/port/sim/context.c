// SPDX-License-Identifier: MIT
/*
 * context.c - stacks and records of threads, and the switch between two of them
 *
 * Owns: the slots at SIM_SLOT_BASE. A slot is a gap without access (what runs over the stack hits
 * it), the stack, and above it the port's record with the engine's task behind.
 * C1  A slot's pages, and their shadow, read as zero when it is handed out: the previous owner
 *     leaves no trace.
 * C2  Slots are handed out in an order that depends on the run alone.
 */
#include <string.h>
#include <sys/mman.h>

#include "state.h"

#define RECORD_BYTES	256UL	/* room for struct sim_thread; the engine's struct follows */
_Static_assert(sizeof(struct sim_thread) <= RECORD_BYTES, "the record fits");

/*
 * Callee-saved registers go on the old stack and come from the new one; the return address does the
 * jump.
 */
#if defined(__x86_64__)
#define SWITCH_WORDS	6	/* registers below the return address */
#define SWITCH_FRAME	5	/* which of them is the frame pointer */
asm(".text\n"
    ".globl sim_context_switch\n"
    ".type sim_context_switch, @function\n"
    "sim_context_switch:\n"
    "	pushq %rbp\n"
    "	pushq %rbx\n"
    "	pushq %r12\n"
    "	pushq %r13\n"
    "	pushq %r14\n"
    "	pushq %r15\n"
    "	movq %rsp, (%rdi)\n"
    "	movq %rsi, %rsp\n"
    "	popq %r15\n"
    "	popq %r14\n"
    "	popq %r13\n"
    "	popq %r12\n"
    "	popq %rbx\n"
    "	popq %rbp\n"
    "	ret\n"
    ".size sim_context_switch, . - sim_context_switch\n");
#elif defined(__aarch64__)
#define SWITCH_WORDS	11	/* x19..x28, x29; then x30 */
#define SWITCH_FRAME	10
asm(".text\n"
    ".globl sim_context_switch\n"
    ".type sim_context_switch, %function\n"
    "sim_context_switch:\n"
    "	sub sp, sp, #160\n"
    "	stp x19, x20, [sp, #0]\n"
    "	stp x21, x22, [sp, #16]\n"
    "	stp x23, x24, [sp, #32]\n"
    "	stp x25, x26, [sp, #48]\n"
    "	stp x27, x28, [sp, #64]\n"
    "	stp x29, x30, [sp, #80]\n"
    "	stp d8, d9, [sp, #96]\n"
    "	stp d10, d11, [sp, #112]\n"
    "	stp d12, d13, [sp, #128]\n"
    "	stp d14, d15, [sp, #144]\n"
    "	mov x9, sp\n"
    "	str x9, [x0]\n"
    "	mov sp, x1\n"
    "	ldp x19, x20, [sp, #0]\n"
    "	ldp x21, x22, [sp, #16]\n"
    "	ldp x23, x24, [sp, #32]\n"
    "	ldp x25, x26, [sp, #48]\n"
    "	ldp x27, x28, [sp, #64]\n"
    "	ldp x29, x30, [sp, #80]\n"
    "	ldp d8, d9, [sp, #96]\n"
    "	ldp d10, d11, [sp, #112]\n"
    "	ldp d12, d13, [sp, #128]\n"
    "	ldp d14, d15, [sp, #144]\n"
    "	add sp, sp, #160\n"
    "	ret\n"
    ".size sim_context_switch, . - sim_context_switch\n");
#else
#error "sim: no context switch for this processor"
#endif

/*
 * What a fresh stack holds from its saved pointer up: a multiple of 16 bytes. On x86_64 @begin then
 * starts 8 below such a multiple, as after a call, with 0 for its return address.
 */
#define START_WORDS	32

/*
 * A stack on which sim_context_switch() "returns" into @begin with a frame pointer of 0: backtraces
 * end there.
 */
static void *fresh_stack(void *high, void (*begin)(void))
{
	uintptr_t *sp = (uintptr_t *)high - START_WORDS;

	memset(sp, 0, START_WORDS * sizeof(*sp));
	sp[SWITCH_WORDS] = (uintptr_t)begin;
	return sp;
}

static uintptr_t slot_base(uint32_t slot)
{
	return SIM_SLOT_BASE + slot * SIM_SLOT_BYTES;
}

bool sim_context_open(void)
{
	void *want = (void *)SIM_SLOT_BASE;
	size_t bytes = SIM_MAX_THREADS * SIM_SLOT_BYTES;
	void *got = mmap(want, bytes, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	if (got == want)
		return true;
	if (got != MAP_FAILED)
		munmap(got, bytes);
	return false;
}

void sim_context_close(void)
{
	munmap((void *)SIM_SLOT_BASE, SIM_MAX_THREADS * SIM_SLOT_BYTES);
}

struct sim_thread *sim_thread_make(bool with_stack)
{
	struct sim_thread *thread = sim.free_first;
	uint32_t slot;
	uintptr_t base;

	if (thread) {
		slot = thread->slot;
		sim.free_first = thread->next_free;
		if (!sim.free_first)
			sim.free_last = NULL;
		base = slot_base(slot);
		/* C1 */
		madvise((void *)(base + SIM_SLOT_STACK), SIM_SLOT_BYTES - SIM_SLOT_STACK,
			MADV_DONTNEED);
		sim_shadow_clear(base, SIM_SLOT_BYTES);
	} else {
		if (sim.slots_used == SIM_MAX_THREADS)
			return NULL;
		slot = sim.slots_used;
		base = slot_base(slot);
		if (mprotect((void *)(base + SIM_SLOT_STACK), SIM_SLOT_BYTES - SIM_SLOT_STACK,
			     PROT_READ | PROT_WRITE))
			return NULL;
		sim.slots_used++;
	}
	thread = (struct sim_thread *)(base + SIM_SLOT_RECORD);
	thread->slot = slot;
	thread->state = SIM_PARKED;
	thread->priority = sim_priority_new();
	thread->port = (struct km_port_thread *)((char *)thread + RECORD_BYTES);
	thread->port->port_data = thread;
	if (with_stack) {
		thread->port->stack_low = (void *)(base + SIM_SLOT_STACK);
		thread->port->stack_high = (void *)(base + SIM_SLOT_RECORD);
	}
	return thread;
}

void sim_thread_free(struct sim_thread *thread)
{
	thread->next_free = NULL;
	if (sim.free_last)
		sim.free_last->next_free = thread;
	else
		sim.free_first = thread;
	sim.free_last = thread;
}

void sim_thread_start_at(struct sim_thread *thread, void (*begin)(void))
{
	thread->sp = fresh_stack(thread->port->stack_high, begin);
}

static bool is_inside(uintptr_t address, uintptr_t low, uintptr_t high, uintptr_t *ret_low,
		      uintptr_t *ret_high)
{
	if (address < low || address >= high)
		return false;
	*ret_low = low;
	*ret_high = high;
	return true;
}

bool sim_stack_of(uintptr_t address, uintptr_t *ret_low, uintptr_t *ret_high)
{
	uint32_t slot;

	if (is_inside(address, SIM_MAIN_STACK_BASE, SIM_MAIN_STACK_BASE + SIM_MAIN_STACK_BYTES,
		      ret_low, ret_high) ||
	    is_inside(address, SIM_SIGNAL_STACK_BASE,
		      SIM_SIGNAL_STACK_BASE + SIM_SIGNAL_STACK_BYTES, ret_low, ret_high))
		return true;
	if (sim.boot && is_inside(address, (uintptr_t)sim.boot->port->stack_low,
				  (uintptr_t)sim.boot->port->stack_high, ret_low, ret_high))
		return true;
	if (address < SIM_SLOT_BASE || address >= slot_base(sim.slots_used))
		return false;
	slot = (uint32_t)((address - SIM_SLOT_BASE) / SIM_SLOT_BYTES);
	return is_inside(address, slot_base(slot) + SIM_SLOT_STACK,
			 slot_base(slot) + SIM_SLOT_RECORD, ret_low, ret_high);
}

void sim_thread_where(const struct sim_thread *thread, uintptr_t *ret_pc, uintptr_t *ret_frame)
{
	const uintptr_t *sp = thread->sp;

	*ret_pc = sp[SWITCH_WORDS];
	*ret_frame = sp[SWITCH_FRAME];
}

uintptr_t km_port_stack_pointer(const struct km_port_thread *thread)
{
	const struct sim_thread *own = thread->port_data;

	return thread == km_port_current || !own ? 0 : (uintptr_t)own->sp;
}

/* -- the boot thread's own stack --------------------------------------------------------------- */

static struct {
	int (*entry)(void *arg);
	void *arg;
	int result;
	void *outer_sp, *inner_sp;
} main_run;

static void main_begin(void)
{
	main_run.result = main_run.entry(main_run.arg);
	sim_context_switch(&main_run.inner_sp, main_run.outer_sp);
	__builtin_unreachable();
}

int sim_run(int (*entry)(void *arg), void *arg)
{
	void *want = (void *)SIM_MAIN_STACK_BASE;
	void *got = mmap(want, SIM_MAIN_STACK_BYTES, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (got != want) {
		if (got != MAP_FAILED)
			munmap(got, SIM_MAIN_STACK_BYTES);
		sim_complain("sim: the address range of the boot stack is taken");
		return 70;
	}
	main_run.entry = entry;
	main_run.arg = arg;
	sim_context_switch(&main_run.outer_sp,
			   fresh_stack((char *)got + SIM_MAIN_STACK_BYTES, main_begin));
	munmap(got, SIM_MAIN_STACK_BYTES);
	return main_run.result;
}
