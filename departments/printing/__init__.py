"""Printing in the background: what takes longer than a page may becomes a job that a worker does.

orders   what is asked for: an edition with options, the book that is made of it, its key
jobs     a job asked for, joined, left; one for everybody who asks for the same
work     what a worker does with a job
tasks    what waits in the queue: a job to be printed, an edition's booklet to be warmed
upkeep   jobs of workers that died, and what nobody fetches any more
warming  an edition put in force has its booklet printed before anybody asks

A worker is `manage.py print_worker`, on as many machines as share the database.
"""
