package winport

import (
	"errors"
	"syscall"
)

// What Windows reports where Unix has the error on the left: package syscall's own values for these
// are invented and no system call returns them.
var windowsErrno = map[syscall.Errno][]syscall.Errno{
	syscall.ENOENT:        {3},
	syscall.EEXIST:        {80, 183},
	syscall.ENOTEMPTY:     {145},
	syscall.ENOTDIR:       {267},
	syscall.EACCES:        {5},
	syscall.EPERM:         {5, 1314},
	syscall.EBUSY:         {32, 170},
	syscall.ETXTBSY:       {32},
	syscall.EXDEV:         {17},
	syscall.EROFS:         {19},
	syscall.ENOSPC:        {39, 112},
	syscall.EMFILE:        {4, 10024},
	syscall.EPIPE:         {109, 232, 10053, 10054, 10058},
	syscall.EINVAL:        {87, 123, 10022},
	syscall.EAGAIN:        {33, 997, 10035},
	syscall.EWOULDBLOCK:   {33, 997, 10035},
	syscall.EINTR:         {10004},
	syscall.EADDRINUSE:    {10048, 10013},
	syscall.EADDRNOTAVAIL: {10049},
	syscall.ENETUNREACH:   {10051},
	syscall.ECONNABORTED:  {1236, 10053},
	syscall.ECONNRESET:    {64, 10054},
	syscall.ENOBUFS:       {10055},
	syscall.ENOTCONN:      {10057},
	syscall.ETIMEDOUT:     {121, 1460, 10060},
	syscall.ECONNREFUSED:  {1225, 10061},
	syscall.EHOSTUNREACH:  {1232, 10065},
	syscall.ENOSYS:        {50, 120, syscall.EWINDOWS},
	syscall.ENOTSUP:       {50, 120, syscall.EWINDOWS},
}

// IsErrno is errors.Is that knows Windows' own codes for target.
func IsErrno(err error, target syscall.Errno) bool {
	if errors.Is(err, target) {
		return true
	}
	var have syscall.Errno
	if !errors.As(err, &have) {
		return false
	}
	if target == syscall.EWOULDBLOCK && have == syscall.EAGAIN || target == syscall.EAGAIN && have == syscall.EWOULDBLOCK {
		return true
	}
	for _, code := range windowsErrno[target] {
		if have == code {
			return true
		}
	}
	return false
}
