/* SPDX-License-Identifier: MIT */
/*
 * quiet.S - km_host_attach() and km_host_irq_held() that leave all registers but their result alone
 *
 * Called from inline assembly in asm/port_inline.h, on any stack alignment.
 */
#ifdef __x86_64__
	.text

	.macro quiet name, target, result
	.globl \name
	.type \name, @function
\name:
	push %rbp
	mov %rsp, %rbp
	push %rcx
	push %rdx
	push %rsi
	push %rdi
	push %r8
	push %r9
	push %r10
	push %r11
	.ifeq \result
	push %rax
	.endif
	mov %rsp, %rcx
	and $-16, %rsp
	sub $272, %rsp
	mov %rcx, 256(%rsp)
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	movaps %xmm\n, 16 * \n(%rsp)
	.endr
	call \target
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	movaps 16 * \n(%rsp), %xmm\n
	.endr
	mov 256(%rsp), %rsp
	.ifeq \result
	pop %rax
	.endif
	pop %r11
	pop %r10
	pop %r9
	pop %r8
	pop %rdi
	pop %rsi
	pop %rdx
	pop %rcx
	pop %rbp
	ret
	.size \name, . - \name
	.endm

	quiet km_host_attach_quiet, km_host_attach, 1
	quiet km_host_irq_held_quiet, km_host_irq_held, 0
#endif
	.section .note.GNU-stack, "", @progbits
