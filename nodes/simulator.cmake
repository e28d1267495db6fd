# The HTTP server and the job-board simulator that stands on it.
jobfarm_library(jobfarm_http COLD
  SOURCES descriptor_room.cpp http_server.cpp http_session.cpp
  LINKS jobfarm_messages Boost::headers Threads::Threads)
if(JOBFARM_SANITIZERS MATCHES thread)
  # ThreadSanitizer does not see fences; Asio's locks are enough without them.
  target_compile_definitions(jobfarm_http PUBLIC
    BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
jobfarm_library(jobfarm_simulator COLD
  SOURCES simulator/ledger.cpp simulator/render.cpp simulator/render_boards.cpp
          simulator/render_searched.cpp simulator/scenario.cpp
          simulator/simulator.cpp simulator/world.cpp
  LINKS jobfarm_http jobfarm_sources jobfarm_text jobfarm::tomlplusplus)
