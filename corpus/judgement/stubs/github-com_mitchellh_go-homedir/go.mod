module github.com/mitchellh/go-homedir

go 1.19
