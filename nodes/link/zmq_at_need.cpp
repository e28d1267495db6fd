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

#define FORWARD(count, name) JOBFARM_FORWARD(library(), count, name)

extern "C" {

FORWARD(0, zmq_errno)
FORWARD(1, zmq_strerror)

FORWARD(0, zmq_ctx_new)
FORWARD(3, zmq_ctx_set)
FORWARD(1, zmq_ctx_term)

FORWARD(1, zmq_msg_init)
FORWARD(3, zmq_msg_recv)
FORWARD(1, zmq_msg_close)
FORWARD(1, zmq_msg_data)
FORWARD(1, zmq_msg_size)
FORWARD(1, zmq_msg_more)
FORWARD(2, zmq_msg_gets)

FORWARD(2, zmq_socket)
FORWARD(1, zmq_close)
FORWARD(4, zmq_setsockopt)
FORWARD(4, zmq_getsockopt)
FORWARD(2, zmq_bind)
FORWARD(2, zmq_connect)
FORWARD(4, zmq_send)
FORWARD(3, zmq_socket_monitor)
FORWARD(3, zmq_poll)

FORWARD(2, zmq_z85_decode)
FORWARD(2, zmq_curve_keypair)

} // extern "C"
