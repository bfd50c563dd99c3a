/* SPDX-License-Identifier: MIT */
/*
 * trap.h - what a signal's context says about a fault, and the walk over frame pointers; for the
 * hosted ports
 */
#ifndef PORT_COMMON_TRAP_H
#define PORT_COMMON_TRAP_H

#include <kmalloc/port.h>
#include <signal.h>
#include <ucontext.h>

#if defined(__x86_64__)
static inline void trap_context(const ucontext_t *context, struct km_port_fault *fault)
{
	const greg_t *regs = context->uc_mcontext.gregs;

	fault->pc = (uintptr_t)regs[REG_RIP];
	fault->frame = (uintptr_t)regs[REG_RBP];
	fault->is_write = regs[REG_ERR] & 2;	/* page fault error code: bit 1 is set by writes */
}

/*
 * Where the last call came from, if it went to @pc: the call just made pushed its return address.
 */
static inline uintptr_t trap_caller(const ucontext_t *context)
{
	const greg_t *regs = context->uc_mcontext.gregs;
	uintptr_t top = (uintptr_t)regs[REG_RSP], frame = (uintptr_t)regs[REG_RBP];

	/* A stack pointer that is no longer near its frame may not be read. */
	if (top % sizeof(void *) || frame < top || frame - top > 1 << 20)
		return 0;
	return *(const uintptr_t *)top;
}
#elif defined(__aarch64__)
static inline void trap_context(const ucontext_t *context, struct km_port_fault *fault)
{
	const struct _aarch64_ctx *record = (const void *)context->uc_mcontext.__reserved;

	fault->pc = context->uc_mcontext.pc;
	fault->frame = context->uc_mcontext.regs[29];
	while (record->magic && record->magic != ESR_MAGIC)
		record = (const void *)((const char *)record + record->size);
	if (record->magic == ESR_MAGIC)	/* syndrome bit 6: write, not read */
		fault->is_write = ((const struct esr_context *)record)->esr >> 6 & 1;
}

static inline uintptr_t trap_caller(const ucontext_t *context)
{
	return context->uc_mcontext.regs[30];
}
#endif

static inline bool trap_is_far(uintptr_t address, uintptr_t frame)
{
	return address < frame - (2 << 20) || address > frame;
}

static inline struct km_port_fault trap_fault(int number, const siginfo_t *info,
					      const ucontext_t *context,
					      struct km_port_thread *thread)
{
	struct km_port_fault fault = { .kind = KM_FAULT_ILLEGAL, .thread = thread };

	trap_context(context, &fault);
	/* SI_KERNEL: an address that cannot exist; the processor does not say which. */
	if (number == SIGSEGV && info->si_code != SI_KERNEL) {
		fault.kind = KM_FAULT_MEMORY;
		fault.address = (uintptr_t)info->si_addr;
		/* A call of a bad pointer: the place to blame is the call. */
		fault.is_call = fault.address == fault.pc;
		/* After an overflow the top of the stack may not be read. */
		if (trap_is_far(fault.address, fault.frame))
			fault.caller = trap_caller(context);
		if (fault.is_call && fault.caller)
			fault.pc = fault.caller - 1;
	} else {
		fault.is_write = false;
	}
	if (number == SIGPROF)
		fault.kind = KM_FAULT_TIMEOUT;
	if (number == SIGFPE)
		fault.kind = KM_FAULT_DIVIDE;
	return fault;
}

/* Bounds of the stack that holds @address; false: unknown. */
typedef bool (*trap_stack_fn)(uintptr_t address, uintptr_t *ret_low, uintptr_t *ret_high);

static inline unsigned int trap_backtrace(uintptr_t frame, uintptr_t *ret_pcs, unsigned int max,
					  trap_stack_fn stack_of)
{
	uintptr_t low, high;
	unsigned int count = 0;

	if (!stack_of(frame, &low, &high))
		return 0;
	while (count < max && frame % sizeof(void *) == 0 && frame >= low &&
	       frame <= high - 2 * sizeof(void *)) {
		const uintptr_t *words = (const uintptr_t *)frame;
		uintptr_t next = words[0];

		if (!words[1])
			break;
		ret_pcs[count++] = words[1];
		/*
		 * Callers lie higher; only a signal's frames go on elsewhere: on the stack it
		 * interrupted.
		 */
		if (next > frame && next < high)
			low = next;
		else if (!next || (next >= low && next < high) || !stack_of(next, &low, &high))
			break;
		frame = next;
	}
	return count;
}

#endif
