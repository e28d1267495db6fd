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

#define FORWARD(result, name, parameters, arguments)                           \
  JOBFARM_FORWARD(library(), result, name, parameters, arguments)

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

FORWARD(CURLcode, curl_global_init, (long flags), (flags))
FORWARD(void, curl_free, (void* memory), (memory))

FORWARD(CURL*, curl_easy_init, (), ())
FORWARD_OPTION(CURLcode, curl_easy_setopt, CURL, CURLoption)
FORWARD_OPTION(CURLcode, curl_easy_getinfo, CURL, CURLINFO)
FORWARD(CURLcode, curl_easy_perform, (CURL * easy), (easy))
FORWARD(CURLcode, curl_easy_recv,
        (CURL * easy, void* to, size_t size, size_t* got),
        (easy, to, size, got))
FORWARD(CURLcode, curl_easy_send,
        (CURL * easy, const void* from, size_t size, size_t* sent),
        (easy, from, size, sent))
FORWARD(const char*, curl_easy_strerror, (CURLcode code), (code))
FORWARD(void, curl_easy_reset, (CURL * easy), (easy))
FORWARD(void, curl_easy_cleanup, (CURL * easy), (easy))

FORWARD(CURLM*, curl_multi_init, (), ())
FORWARD_OPTION(CURLMcode, curl_multi_setopt, CURLM, CURLMoption)
FORWARD(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL* easy),
        (multi, easy))
FORWARD(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL* easy),
        (multi, easy))
FORWARD(CURLMcode, curl_multi_perform, (CURLM * multi, int* running),
        (multi, running))
FORWARD(CURLMcode, curl_multi_poll,
        (CURLM * multi, curl_waitfd* more, unsigned count, int ms, int* ready),
        (multi, more, count, ms, ready))
FORWARD(const char*, curl_multi_strerror, (CURLMcode code), (code))
FORWARD(CURLMcode, curl_multi_wakeup, (CURLM * multi), (multi))
FORWARD(CURLMsg*, curl_multi_info_read, (CURLM * multi, int* left),
        (multi, left))
FORWARD(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))

FORWARD(CURLSH*, curl_share_init, (), ())
FORWARD_OPTION(CURLSHcode, curl_share_setopt, CURLSH, CURLSHoption)
FORWARD(CURLSHcode, curl_share_cleanup, (CURLSH * share), (share))

FORWARD(curl_slist*, curl_slist_append, (curl_slist * list, const char* text),
        (list, text))
FORWARD(void, curl_slist_free_all, (curl_slist * list), (list))

FORWARD(CURLU*, curl_url, (), ())
FORWARD(void, curl_url_cleanup, (CURLU * url), (url))
FORWARD(CURLUcode, curl_url_get,
        (CURLU * url, CURLUPart what, char** part, unsigned flags),
        (url, what, part, flags))
FORWARD(CURLUcode, curl_url_set,
        (CURLU * url, CURLUPart what, const char* part, unsigned flags),
        (url, what, part, flags))

} // extern "C"
