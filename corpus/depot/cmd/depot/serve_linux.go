package main

import (
	"log"
	"syscall"
)

func init() {
	beforeServe = append(beforeServe, raiseNoFile)
}

// raiseNoFile lifts the limit of open files; a busy depot needs more than the usual 1024.
func raiseNoFile(logger *log.Logger) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		logger.Printf("open files: %v", err)
		return
	}
	limit.Cur = limit.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		logger.Printf("open files: %v", err)
	}
}
