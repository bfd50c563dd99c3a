/* SPDX-License-Identifier: MIT */
/*
 * A sensor behind a slow bus: threaded interrupt, samples handed to a waiting thread; a
 * completion with time-out.
 */
#include <linux/module.h>
#include <linux/interrupt.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct sample {
	struct list_head list;
	ktime_t when;
	s16 value[3];
};

struct sensor {
	struct mutex bus;
	spinlock_t lock;
	struct list_head samples;
	unsigned int waiting;
	wait_queue_head_t wq;
	struct completion first;
	struct task_struct *consumer;
	u8 *bus_buffer;
	int irq;
};

static struct sensor *sensor;

static irqreturn_t sensor_hard(int irq, void *data)
{
	return IRQ_WAKE_THREAD;
}

static int sensor_transfer(struct sensor *s, s16 *value)
{
	u8 *command;

	guard(mutex)(&s->bus);
	command = kmemdup("\x01\x02\x03", 3, GFP_KERNEL);
	if (!command)
		return -ENOMEM;
	memcpy(s->bus_buffer, command, 3);
	usleep_range(100, 200);
	value[0] = s->bus_buffer[0];
	value[1] = s->bus_buffer[1] << 8 | s->bus_buffer[2];
	value[2] = 0;
	kfree(command);
	return 0;
}

static irqreturn_t sensor_thread(int irq, void *data)
{
	struct sensor *s = data;
	struct sample *sample;

	sample = kmalloc(sizeof(*sample), GFP_KERNEL);
	if (!sample)
		return IRQ_HANDLED;
	if (sensor_transfer(s, sample->value)) {
		kfree(sample);
		return IRQ_HANDLED;
	}
	sample->when = ktime_get();
	scoped_guard(spinlock, &s->lock) {
		if (s->waiting >= 8) {
			kfree(sample);
			return IRQ_HANDLED;
		}
		list_add_tail(&sample->list, &s->samples);
		s->waiting++;
	}
	complete(&s->first);
	wake_up_interruptible(&s->wq);
	return IRQ_HANDLED;
}

static struct sample *sensor_pop(struct sensor *s)
{
	struct sample *sample;

	spin_lock(&s->lock);
	sample = list_first_entry_or_null(&s->samples, struct sample, list);
	if (sample) {
		list_del_init(&sample->list);
		s->waiting--;
	}
	spin_unlock(&s->lock);
	return sample;
}

static int consumer_main(void *data)
{
	struct sensor *s = data;
	struct sample *sample;

	for (;;) {
		sample = NULL;
		wait_event(s->wq, (sample = sensor_pop(s)) || kthread_should_stop());
		if (!sample)
			break;
		kfree(sample);
	}
	return 0;
}

static int __init sensor_init(void)
{
	struct sensor *s;
	int ret;

	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	mutex_init(&s->bus);
	spin_lock_init(&s->lock);
	INIT_LIST_HEAD(&s->samples);
	init_waitqueue_head(&s->wq);
	init_completion(&s->first);
	s->irq = 11;
	s->bus_buffer = kmalloc(16, GFP_KERNEL | GFP_DMA);
	s->bus_buffer = s->bus_buffer ?: kmalloc(16, GFP_KERNEL);
	if (!s->bus_buffer) {
		ret = -ENOMEM;
		goto err_free;
	}
	s->consumer = kthread_run(consumer_main, s, "sensor");
	if (IS_ERR(s->consumer)) {
		ret = PTR_ERR(s->consumer);
		goto err_buffer;
	}
	sensor = s;
	ret = request_threaded_irq(s->irq, sensor_hard, sensor_thread,
				   IRQF_ONESHOT | IRQF_TRIGGER_RISING, "sensor", s);
	if (ret)
		goto err_thread;
	if (!wait_for_completion_timeout(&s->first, msecs_to_jiffies(200)))
		pr_info("sensor: no sample yet\n");
	return 0;
err_thread:
	kthread_stop(s->consumer);
err_buffer:
	kfree(s->bus_buffer);
err_free:
	kfree(s);
	return ret;
}

static void __exit sensor_exit(void)
{
	struct sample *sample;

	free_irq(sensor->irq, sensor);
	kthread_stop(sensor->consumer);
	while ((sample = sensor_pop(sensor)))
		kfree(sample);
	kfree(sensor->bus_buffer);
	kfree(sensor);
}

module_init(sensor_init);
module_exit(sensor_exit);
MODULE_LICENSE("GPL");
