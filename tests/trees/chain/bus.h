/* SPDX-License-Identifier: MIT */
#ifndef BUS_H
#define BUS_H

#include <linux/list.h>

struct bus_client {
	struct list_head link;
	void *data;
};

void *bus_buffer(size_t bytes);
int read(struct bus_client *client);
void bus_add(struct bus_client *client);
void bus_remove(struct bus_client *client);
struct bus_client *client_get(void);
extern int bus_clients;

#endif
