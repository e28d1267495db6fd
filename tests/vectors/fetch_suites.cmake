target_sources(vectors PRIVATE fetch_suites.cpp)
target_link_libraries(vectors PRIVATE jobfarm_fetch jobfarm_sources)
