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

extern "C" {

JOBFARM_FORWARD(0, zmq_errno)
JOBFARM_FORWARD(1, zmq_strerror)

JOBFARM_FORWARD(0, zmq_ctx_new)
JOBFARM_FORWARD(3, zmq_ctx_set)
JOBFARM_FORWARD(1, zmq_ctx_term)

JOBFARM_FORWARD(1, zmq_msg_init)
JOBFARM_FORWARD(3, zmq_msg_recv)
JOBFARM_FORWARD(1, zmq_msg_close)
JOBFARM_FORWARD(1, zmq_msg_data)
JOBFARM_FORWARD(1, zmq_msg_size)
JOBFARM_FORWARD(1, zmq_msg_more)
JOBFARM_FORWARD(2, zmq_msg_gets)

JOBFARM_FORWARD(2, zmq_socket)
JOBFARM_FORWARD(1, zmq_close)
JOBFARM_FORWARD(4, zmq_setsockopt)
JOBFARM_FORWARD(4, zmq_getsockopt)
JOBFARM_FORWARD(2, zmq_bind)
JOBFARM_FORWARD(2, zmq_connect)
JOBFARM_FORWARD(4, zmq_send)
JOBFARM_FORWARD(3, zmq_socket_monitor)
JOBFARM_FORWARD(3, zmq_poll)

JOBFARM_FORWARD(2, zmq_z85_decode)
JOBFARM_FORWARD(2, zmq_curve_keypair)

} // extern "C"
