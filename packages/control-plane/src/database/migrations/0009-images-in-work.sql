-- The few images in which work is left, among any number of others: they are counted for every look at a server's measures.
create index resource_image_in_work on resource (status)
  where kind = 'image' and status in ('PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING');
create index lifecycle_execution_in_work on lifecycle_execution (status) where status in ('PENDING', 'IN_PROGRESS', 'CANCELLING');
