# Not a test: run it by hand, `cluster_bench dispatch`.
add_executable(cluster_bench EXCLUDE_FROM_ALL
  ${CMAKE_CURRENT_LIST_DIR}/main.cpp ${CMAKE_CURRENT_LIST_DIR}/idle_worker.cpp
  ${CMAKE_CURRENT_LIST_DIR}/limits.cpp)
target_link_libraries(cluster_bench PRIVATE
  jobfarm::zmq jobfarm_test_cluster jobfarm_link jobfarm_store_io)
