# The HTTP server and the job-board simulator that stands on it.
jobfarm_library(jobfarm_http
  SOURCES http_server.cpp http_session.cpp
  LINKS jobfarm_messages Boost::headers Threads::Threads)
jobfarm_library(jobfarm_simulator
  SOURCES simulator/render.cpp simulator/render_boards.cpp
          simulator/render_searched.cpp simulator/scenario.cpp
          simulator/simulator.cpp simulator/world.cpp
  LINKS jobfarm_http jobfarm_sources jobfarm_text jobfarm::tomlplusplus)
