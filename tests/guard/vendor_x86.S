/* SPDX-License-Identifier: MIT */
/* The same in assembly, for x86-64. */
	.text
	.globl	vendor_fill
	.type	vendor_fill, @function
vendor_fill:
	push	%rbp
	mov	%rsp, %rbp
	test	%rsi, %rsi
	je	2f
1:	movb	%dl, (%rdi)		/* write */
	inc	%rdi
	dec	%rsi
	jne	1b
2:	pop	%rbp
	ret
	.size	vendor_fill, . - vendor_fill

	.globl	vendor_sum
	.type	vendor_sum, @function
vendor_sum:
	push	%rbp
	mov	%rsp, %rbp
	xor	%eax, %eax
	test	%rsi, %rsi
	je	2f
1:	movzbl	(%rdi), %ecx		/* read */
	add	%ecx, %eax
	inc	%rdi
	dec	%rsi
	jne	1b
2:	pop	%rbp
	ret
	.size	vendor_sum, . - vendor_sum
	.section .note.GNU-stack, "", @progbits
