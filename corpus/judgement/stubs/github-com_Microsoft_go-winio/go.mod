module github.com/Microsoft/go-winio

go 1.19
