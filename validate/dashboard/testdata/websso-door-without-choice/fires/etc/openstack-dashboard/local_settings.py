OPENSTACK_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
