// SPDX-License-Identifier: MIT
#include <linux/export.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include "bus.h"

static LIST_HEAD(clients);
static DEFINE_MUTEX(lock);
int bus_clients;
EXPORT_SYMBOL_GPL(bus_clients);

void bus_add(struct bus_client *client)
{
	mutex_lock(&lock);
	list_add(&client->link, &clients);
	bus_clients++;
	mutex_unlock(&lock);
}
EXPORT_SYMBOL_NS_GPL(bus_add, BUS);

void bus_remove(struct bus_client *client)
{
	mutex_lock(&lock);
	list_del(&client->link);
	bus_clients--;
	mutex_unlock(&lock);
}
EXPORT_SYMBOL_NS_GPL(bus_remove, BUS);
