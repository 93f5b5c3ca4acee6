module example.test/parcel

go 1.19
