package winport

import (
	"syscall"
	"unsafe"
)

// Statfs_t holds the size of a volume, and what is free there, in blocks of Bsize bytes.
type Statfs_t struct {
	Bsize  int64
	Frsize int64
	Blocks uint64
	Bfree  uint64
	Bavail uint64
}

// Statfs fills buf for the volume that holds path. Bavail is what the quota of the user leaves.
func Statfs(path string, buf *Statfs_t) error {
	const block = 4096
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	getDiskFreeSpaceEx := syscall.NewLazyDLL("kernel32.dll").NewProc("GetDiskFreeSpaceExW")
	if err := getDiskFreeSpaceEx.Find(); err != nil {
		return err
	}
	var available, total, free uint64
	r, _, err := getDiskFreeSpaceEx.Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&available)),
		uintptr(unsafe.Pointer(&total)), uintptr(unsafe.Pointer(&free)))
	if r == 0 {
		return err
	}
	*buf = Statfs_t{Bsize: block, Frsize: block, Blocks: total / block, Bfree: free / block, Bavail: available / block}
	return nil
}
