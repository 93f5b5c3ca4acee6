module windlass.test/probe

go 1.19
