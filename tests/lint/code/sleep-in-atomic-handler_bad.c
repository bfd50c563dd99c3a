/* SPDX-License-Identifier: MIT */
static void port_refill(struct port *port)
{
	port->spare = kmalloc(128, GFP_KERNEL);
}

static irqreturn_t port_irq(int irq, void *data)
{
	struct port *port = data;

	port_refill(port); /* expect: sleep-in-atomic.handler */
	mutex_lock(&port->mutex); /* expect: sleep-in-atomic.handler */
	mutex_unlock(&port->mutex);
	return IRQ_HANDLED;
}

static void port_timeout(struct timer_list *timer)
{
	struct port *port = from_timer(port, timer, timer);

	port->note = kstrdup("late", GFP_KERNEL); /* expect: sleep-in-atomic.handler */
}

static void port_tasklet(struct tasklet_struct *tasklet)
{
	msleep(5); /* expect: sleep-in-atomic.handler */
}

static int port_probe(struct platform_device *pdev)
{
	struct port *port = port_of(pdev);

	timer_setup(&port->timer, port_timeout, 0);
	tasklet_setup(&port->tasklet, port_tasklet);
	return devm_request_irq(&pdev->dev, port->irq, port_irq, 0, "port", port);
}

static void entry_reclaim(struct rcu_head *head)
{
	mutex_lock(&entries_mutex); /* expect: sleep-in-atomic.handler */
	mutex_unlock(&entries_mutex);
}

static void entry_drop(struct entry *entry)
{
	call_rcu(&entry->rcu, entry_reclaim);
}

static enum hrtimer_restart port_tick(struct hrtimer *timer)
{
	msleep(1); /* expect: sleep-in-atomic.handler */
	return HRTIMER_RESTART;
}

static int port_late_probe(struct port *port)
{
	hrtimer_init(&port->tick, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	port->tick.function = port_tick;
	return request_irq(platform_get_irq(port->pdev, 0), port_irq, 0, "port", port);
}

static void bell_ring(struct timer_list *timer)
{
	mutex_lock(&bells_mutex); /* expect: sleep-in-atomic.handler */
	mutex_unlock(&bells_mutex);
}

static int bell_probe(struct bell *bell)
{
	/* Handlers that a call or a table chooses: those are not looked at, the others are. */
	timer_setup(&bell->timer, bell_ring, 0);
	timer_setup(&bell->media, bell_kinds[bell->kind].timer, 0);
	return request_irq(bell->irq, bell_handler_of(bell), 0, "bell", bell);
}

static void board_blink(struct timer_list *unused)
{
	usleep_range(10, 20); /* expect: sleep-in-atomic.handler */
}
static DEFINE_TIMER(board_timer, board_blink);

static void board_later(struct tasklet_struct *tasklet)
{
	board_buffer = vmalloc(4096); /* expect: sleep-in-atomic.handler */
}
static DECLARE_TASKLET(board_tasklet, board_later);

static irqreturn_t board_irq(int irq, void *data)
{
	synchronize_rcu(); /* expect: sleep-in-atomic.handler */
	return IRQ_HANDLED;
}

static int board_start(struct board *board)
{
	return request_irq(board->irq, board_irq, IRQF_SHARED, "board", board);
}
