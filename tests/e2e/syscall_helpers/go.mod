module example.test/helpers

go 1.19
