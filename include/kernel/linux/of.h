/* SPDX-License-Identifier: MIT */
/*
 * of.h - the device tree: there is none, as in a kernel without CONFIG_OF
 *
 * A table for matching compiles, of_match_ptr() drops it, and every question finds nothing.
 */
#ifndef _LINUX_OF_H
#define _LINUX_OF_H

#include <linux/errno.h>
#include <linux/mod_devicetable.h>
#include <linux/types.h>

struct device;
struct device_node;
struct property;

#define of_match_ptr(_ptr)	NULL
#define of_match_node(_matches, _node)	NULL
#define for_each_child_of_node(parent, child) \
	for (; (void)(parent), (child) = NULL, 0; )
#define for_each_available_child_of_node(parent, child)	for_each_child_of_node(parent, child)

static inline struct device_node *of_node_get(struct device_node *node) { return node; }
static inline void of_node_put(struct device_node *node) { }

static inline int of_device_is_compatible(const struct device_node *device, const char *name)
{
	return 0;
}

static inline bool of_device_is_available(const struct device_node *device) { return false; }

static inline struct device_node *of_get_child_by_name(const struct device_node *node,
						       const char *name)
{
	return NULL;
}

static inline struct device_node *of_parse_phandle(const struct device_node *np,
						   const char *phandle_name, int index)
{
	return NULL;
}

static inline const void *of_get_property(const struct device_node *node, const char *name,
					  int *lenp)
{
	return NULL;
}

static inline bool of_property_read_bool(const struct device_node *np, const char *propname)
{
	return false;
}

static inline bool of_property_present(const struct device_node *np, const char *propname)
{
	return false;
}

static inline int of_property_read_u32(const struct device_node *np, const char *propname,
				       u32 *out_value)
{
	return -ENOSYS;
}

static inline int of_property_read_u32_array(const struct device_node *np, const char *propname,
					     u32 *out_values, size_t sz)
{
	return -ENOSYS;
}

static inline int of_property_read_string(const struct device_node *np, const char *propname,
					  const char **out_string)
{
	return -ENOSYS;
}

static inline int of_property_count_u32_elems(const struct device_node *np, const char *propname)
{
	return -ENOSYS;
}

static inline const struct of_device_id *of_match_device(const struct of_device_id *matches,
							 const struct device *dev)
{
	return NULL;
}

static inline const void *of_device_get_match_data(const struct device *dev) { return NULL; }

#endif
