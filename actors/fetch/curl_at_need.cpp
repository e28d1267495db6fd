// The functions of libcurl that the project calls, each looked up in the
// library when it is called first. libcurl brings thirty libraries along (TLS,
// LDAP, Kerberos, SSH), whose loading takes longer than many a command that
// gets no page.

#include <curl/curl.h>

#include "actors/library_at_need.hpp"

#include <cstdarg>

namespace {

jobfarm::library_at_need& library() {
  static jobfarm::library_at_need opened{"libcurl.so.4", "libcurl4"};
  return opened;
}

// The values of options are numbers and pointers, which travel alike.
static_assert(sizeof(long) == sizeof(void*)
              && sizeof(curl_off_t) == sizeof(void*));

} // namespace

#define FORWARD_OPTION(result, name, target, option)                           \
  result name(target* of, option which, ...) {                                 \
    static auto* const call = library().find(&(name), #name);                  \
    va_list list;                                                              \
    va_start(list, which);                                                     \
    auto* value = va_arg(list, void*);                                         \
    va_end(list);                                                              \
    return call(of, which, value);                                             \
  }

// Macros of these names hide them.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt
#undef curl_share_setopt

extern "C" {

JOBFARM_FORWARD(1, curl_global_init)
JOBFARM_FORWARD(1, curl_free)

JOBFARM_FORWARD(0, curl_easy_init)
FORWARD_OPTION(CURLcode, curl_easy_setopt, CURL, CURLoption)
FORWARD_OPTION(CURLcode, curl_easy_getinfo, CURL, CURLINFO)
JOBFARM_FORWARD(1, curl_easy_perform)
JOBFARM_FORWARD(4, curl_easy_recv)
JOBFARM_FORWARD(4, curl_easy_send)
JOBFARM_FORWARD(1, curl_easy_strerror)
JOBFARM_FORWARD(1, curl_easy_reset)
JOBFARM_FORWARD(1, curl_easy_cleanup)

JOBFARM_FORWARD(0, curl_multi_init)
FORWARD_OPTION(CURLMcode, curl_multi_setopt, CURLM, CURLMoption)
JOBFARM_FORWARD(2, curl_multi_add_handle)
JOBFARM_FORWARD(2, curl_multi_remove_handle)
JOBFARM_FORWARD(2, curl_multi_perform)
JOBFARM_FORWARD(5, curl_multi_poll)
JOBFARM_FORWARD(1, curl_multi_strerror)
JOBFARM_FORWARD(1, curl_multi_wakeup)
JOBFARM_FORWARD(2, curl_multi_info_read)
JOBFARM_FORWARD(1, curl_multi_cleanup)

JOBFARM_FORWARD(0, curl_share_init)
FORWARD_OPTION(CURLSHcode, curl_share_setopt, CURLSH, CURLSHoption)
JOBFARM_FORWARD(1, curl_share_cleanup)

JOBFARM_FORWARD(2, curl_slist_append)
JOBFARM_FORWARD(1, curl_slist_free_all)

JOBFARM_FORWARD(0, curl_url)
JOBFARM_FORWARD(1, curl_url_cleanup)
JOBFARM_FORWARD(4, curl_url_get)
JOBFARM_FORWARD(4, curl_url_set)

} // extern "C"
