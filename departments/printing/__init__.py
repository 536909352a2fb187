"""Papers in the background: what takes longer than a page may becomes a job that a worker does.

determinants  what determines a paper, all in one place: its key
kept          finished papers, found by their key before anything is built
papers        what makes a paper, part by part, whatever its form; and the PDF
scripts       the Word file
orders        what is asked for: an edition with options, its key, what is made of it
jobs          a job asked for, joined, left; one for everybody who asks for the same
work          what a worker does with a job
tasks         what waits in the queue: a job to be done, an edition's booklet to be warmed
upkeep        jobs of workers that died, and what nobody fetches any more
warming       an edition put in force has its booklet printed before anybody asks

A worker is `manage.py print_worker`, on as many machines as share the database.
"""
