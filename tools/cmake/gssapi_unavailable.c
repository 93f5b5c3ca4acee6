/* Stands in for the Kerberos functions that libgit2's archive refers to for HTTP authentication.
 * Debian ships no archive of Kerberos, and windlass never opens a connection. Each answers
 * GSS_S_UNAVAILABLE. */

enum { GSS_S_UNAVAILABLE = 16u << 16 };

#define UNAVAILABLE(name)     \
  unsigned name(void);        \
  unsigned name(void) {       \
    return GSS_S_UNAVAILABLE; \
  }

UNAVAILABLE(gss_delete_sec_context)
UNAVAILABLE(gss_display_status)
UNAVAILABLE(gss_import_name)
UNAVAILABLE(gss_indicate_mechs)
UNAVAILABLE(gss_init_sec_context)
UNAVAILABLE(gss_release_buffer)
UNAVAILABLE(gss_release_name)
UNAVAILABLE(gss_release_oid_set)

void* GSS_C_NT_HOSTBASED_SERVICE;
