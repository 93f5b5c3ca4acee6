package winport

import "syscall"

// Stat_t is what fs.FileInfo.Sys returns on Unix. On Windows it never does: there is no owner and
// no inode to be had from it.
type Stat_t struct {
	Dev     uint64
	Ino     uint64
	Nlink   uint64
	Mode    uint32
	Uid     uint32
	Gid     uint32
	Rdev    uint64
	Size    int64
	Blksize int64
	Blocks  int64
	Atim    syscall.Timespec
	Mtim    syscall.Timespec
	Ctim    syscall.Timespec
}
