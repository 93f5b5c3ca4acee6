// Package gin stands in for the router.
package gin

type Context struct{}

func (c *Context) Param(name string) string { return name }

func (c *Context) Redirect(code int, location string) {}

func (c *Context) File(path string) {}

type HandlerFunc func(*Context)

type RouterGroup struct{}

func (g *RouterGroup) GET(path string, handlers ...HandlerFunc) {}

func (g *RouterGroup) POST(path string, handlers ...HandlerFunc) {}

func (g *RouterGroup) Group(path string) *RouterGroup { return g }

type Engine struct{ RouterGroup }

func Default() *Engine { return &Engine{} }
