// The functions of libzmq that the project calls, each looked up in the library
// when it is called first. libzmq brings a dozen libraries along (Kerberos,
// multicast), and only nodes that talk to others need it.

#include <zmq.h>

#include "actors/library_at_need.hpp"

namespace {

jobfarm::library_at_need& library() {
  static jobfarm::library_at_need opened{"libzmq.so.5", "libzmq5"};
  return opened;
}

} // namespace

#define FORWARD(result, name, parameters, arguments)                           \
  JOBFARM_FORWARD(library(), result, name, parameters, arguments)

extern "C" {

FORWARD(int, zmq_errno, (), ())
FORWARD(const char*, zmq_strerror, (int number), (number))

FORWARD(void*, zmq_ctx_new, (), ())
FORWARD(int, zmq_ctx_set, (void* context, int option, int value),
        (context, option, value))
FORWARD(int, zmq_ctx_term, (void* context), (context))

FORWARD(int, zmq_msg_init, (zmq_msg_t * message), (message))
FORWARD(int, zmq_msg_recv, (zmq_msg_t * message, void* socket, int flags),
        (message, socket, flags))
FORWARD(int, zmq_msg_close, (zmq_msg_t * message), (message))
FORWARD(void*, zmq_msg_data, (zmq_msg_t * message), (message))
FORWARD(size_t, zmq_msg_size, (const zmq_msg_t* message), (message))
FORWARD(int, zmq_msg_more, (const zmq_msg_t* message), (message))
FORWARD(const char*, zmq_msg_gets, (const zmq_msg_t* message, const char* name),
        (message, name))

FORWARD(void*, zmq_socket, (void* context, int type), (context, type))
FORWARD(int, zmq_close, (void* socket), (socket))
FORWARD(int, zmq_setsockopt,
        (void* socket, int option, const void* value, size_t size),
        (socket, option, value, size))
FORWARD(int, zmq_getsockopt,
        (void* socket, int option, void* value, size_t* size),
        (socket, option, value, size))
FORWARD(int, zmq_bind, (void* socket, const char* address), (socket, address))
FORWARD(int, zmq_connect, (void* socket, const char* address),
        (socket, address))
FORWARD(int, zmq_send,
        (void* socket, const void* bytes, size_t size, int flags),
        (socket, bytes, size, flags))
FORWARD(int, zmq_socket_monitor,
        (void* socket, const char* address, int events),
        (socket, address, events))
FORWARD(int, zmq_poll, (zmq_pollitem_t * items, int count, long timeout),
        (items, count, timeout))

FORWARD(uint8_t*, zmq_z85_decode, (uint8_t * to, const char* text), (to, text))
FORWARD(int, zmq_curve_keypair, (char* public_key, char* secret_key),
        (public_key, secret_key))

} // extern "C"
