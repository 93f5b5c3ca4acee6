module example.com/safeforms

go 1.19
