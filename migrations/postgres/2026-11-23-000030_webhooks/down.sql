DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
DELETE FROM outbox_readers WHERE reader = 'webhooks';
