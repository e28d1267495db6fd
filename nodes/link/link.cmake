# The data link between nodes: its two ends without sockets, then with them.
jobfarm_library(jobfarm_zmq
  SOURCES link/zmq_at_need.cpp
  LINKS ${CMAKE_DL_LIBS})
target_include_directories(jobfarm_zmq SYSTEM PUBLIC ${zmq_INCLUDE})
jobfarm_library(jobfarm_link
  SOURCES fault_desk.cpp link/client.cpp link/client_state.cpp
          link/credit_account.cpp link/door.cpp link/frame_faults.cpp link/keys.cpp
          link/lease_receipts.cpp link/router.cpp link/server.cpp
          link/session_table.cpp
  LINKS jobfarm_fail_points jobfarm_messages jobfarm_text jobfarm_zmq)
