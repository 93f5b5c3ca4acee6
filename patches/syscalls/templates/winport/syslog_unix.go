//go:build !windows && !plan9 && !js && !wasip1

package winport

import (
	"log"
	"log/syslog"
)

// What messages are sent with, and to.
type (
	SyslogPriority = syslog.Priority
	SyslogWriter   = syslog.Writer
)

// Severities and facilities.
const (
	LOG_EMERG    = syslog.LOG_EMERG
	LOG_ALERT    = syslog.LOG_ALERT
	LOG_CRIT     = syslog.LOG_CRIT
	LOG_ERR      = syslog.LOG_ERR
	LOG_WARNING  = syslog.LOG_WARNING
	LOG_NOTICE   = syslog.LOG_NOTICE
	LOG_INFO     = syslog.LOG_INFO
	LOG_DEBUG    = syslog.LOG_DEBUG
	LOG_KERN     = syslog.LOG_KERN
	LOG_USER     = syslog.LOG_USER
	LOG_MAIL     = syslog.LOG_MAIL
	LOG_DAEMON   = syslog.LOG_DAEMON
	LOG_AUTH     = syslog.LOG_AUTH
	LOG_SYSLOG   = syslog.LOG_SYSLOG
	LOG_LPR      = syslog.LOG_LPR
	LOG_NEWS     = syslog.LOG_NEWS
	LOG_UUCP     = syslog.LOG_UUCP
	LOG_CRON     = syslog.LOG_CRON
	LOG_AUTHPRIV = syslog.LOG_AUTHPRIV
	LOG_FTP      = syslog.LOG_FTP
	LOG_LOCAL0   = syslog.LOG_LOCAL0
	LOG_LOCAL1   = syslog.LOG_LOCAL1
	LOG_LOCAL2   = syslog.LOG_LOCAL2
	LOG_LOCAL3   = syslog.LOG_LOCAL3
	LOG_LOCAL4   = syslog.LOG_LOCAL4
	LOG_LOCAL5   = syslog.LOG_LOCAL5
	LOG_LOCAL6   = syslog.LOG_LOCAL6
	LOG_LOCAL7   = syslog.LOG_LOCAL7
)

// NewSyslog is syslog.New.
func NewSyslog(priority SyslogPriority, tag string) (*SyslogWriter, error) {
	return syslog.New(priority, tag)
}

// DialSyslog is syslog.Dial.
func DialSyslog(network, raddr string, priority SyslogPriority, tag string) (*SyslogWriter, error) {
	return syslog.Dial(network, raddr, priority, tag)
}

// NewSyslogger is syslog.NewLogger.
func NewSyslogger(p SyslogPriority, logFlag int) (*log.Logger, error) {
	return syslog.NewLogger(p, logFlag)
}
