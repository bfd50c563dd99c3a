/* SPDX-License-Identifier: MIT */
/* circ_buf.h - rings of bytes whose size is a power of two; one slot stays empty */
#ifndef _LINUX_CIRC_BUF_H
#define _LINUX_CIRC_BUF_H 1

struct circ_buf {
	char *buf;
	int head;
	int tail;
};

#define CIRC_CNT(head, tail, size)	(((head) - (tail)) & ((size) - 1))
#define CIRC_SPACE(head, tail, size)	CIRC_CNT((tail), ((head) + 1), (size))
/* How much of it lies before the end of the buffer. */
#define CIRC_CNT_TO_END(head, tail, size) ({			\
	int __end = (size) - (tail);				\
	int __cnt = ((head) + __end) & ((size) - 1);		\
	__cnt < __end ? __cnt : __end; })
#define CIRC_SPACE_TO_END(head, tail, size) ({			\
	int __end = (size) - 1 - (head);			\
	int __cnt = (__end + (tail)) & ((size) - 1);		\
	__cnt <= __end ? __cnt : __end + 1; })

#endif
